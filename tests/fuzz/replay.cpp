// The short form of a fuzz target: every file of the corpus as it is, then a number of mutations of
// them, the same ones for the same seed. For compilers without libFuzzer, and for the tests.
//
//   TARGET_replay MUTATIONS SEED CORPUS-FOLDER...
//
// The input that is being tried lies in TARGET_replay.last, for when it crashes.

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kMostBytes = 16 << 10;

// Memory that outlives a crash: what is written to it is in the file.
class LastInput {
 public:
  explicit LastInput(const std::string& path) : path_(path) {
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0 || ::ftruncate(fd, kMostBytes) != 0) return;
    void* memory = ::mmap(nullptr, kMostBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (memory != MAP_FAILED) bytes_ = static_cast<char*>(memory);
    fd_ = fd;
  }
  ~LastInput() { ::unlink(path_.c_str()); }
  bool is_kept() const { return bytes_ != nullptr; }
  void keep(const std::string& input) {
    if (::ftruncate(fd_, static_cast<off_t>(input.size())) != 0) std::abort();
    std::copy(input.begin(), input.end(), bytes_);
  }

 private:
  std::string path_;
  int fd_ = -1;
  char* bytes_ = nullptr;
};

std::vector<std::string> read_corpus(const std::vector<std::string>& folders) {
  std::vector<fs::path> paths;
  for (const std::string& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> corpus;
  for (const fs::path& path : paths) {
    std::ifstream in(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (bytes.size() <= kMostBytes) corpus.push_back(std::move(bytes));
  }
  return corpus;
}

// Bytes changed, cut out, doubled, and pieces of other inputs put in.
class Mutator {
 public:
  Mutator(const std::vector<std::string>& corpus, unsigned seed) : corpus_(corpus), random_(seed) {}

  std::string next() {
    std::string input = any();
    for (std::size_t changes = 1 + below(6); changes > 0; --changes) change(input);
    input.resize(std::min(input.size(), kMostBytes));
    return input;
  }

 private:
  std::size_t below(std::size_t n) {
    return n == 0 ? 0 : std::uniform_int_distribution<std::size_t>(0, n - 1)(random_);
  }
  const std::string& any() { return corpus_[below(corpus_.size())]; }
  std::string piece_of(const std::string& from) {
    const std::size_t at = below(from.size());
    return from.substr(at, 1 + below(std::min<std::size_t>(from.size() - at, 80)));
  }
  void change(std::string& input) {
    constexpr char kTelling[] = {'\0', '\1', '\x7f', '\x80', '\xff', '\n', '(', '[', '"', '9', '-'};
    const std::size_t at = below(input.size() + 1);
    switch (below(5)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(below(256));
        break;
      case 1:
        if (at < input.size()) input[at] = kTelling[below(std::size(kTelling))];
        break;
      case 2: input.erase(std::min(at, input.size()), 1 + below(40)); break;
      case 3: input.insert(at, piece_of(any())); break;
      default: input.insert(at, piece_of(input)); break;
    }
  }

  const std::vector<std::string>& corpus_;
  std::mt19937 random_;
};

void run(const std::string& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: " << argv[0] << " MUTATIONS SEED CORPUS-FOLDER...\n";
    return 2;
  }
  const std::vector<std::string> corpus = read_corpus({argv + 3, argv + argc});
  LastInput last(fmt::format("{}.last", argv[0]));
  if (corpus.empty() || !last.is_kept()) {
    std::cerr << argv[0] << ": no corpus, or no place for the input that is tried\n";
    return 2;
  }
  for (const std::string& input : corpus) {
    last.keep(input);
    run(input);
  }
  const auto mutations = std::strtoul(argv[1], nullptr, 10);
  Mutator mutator(corpus, static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)));
  for (unsigned long i = 0; i < mutations; ++i) {
    const std::string input = mutator.next();
    last.keep(input);
    run(input);
  }
  std::cout << corpus.size() << " inputs of the corpus and " << mutations << " mutations, seed "
            << argv[2] << ": all came back\n";
}
