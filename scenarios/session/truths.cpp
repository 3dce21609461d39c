// The three truths about every file at the end of a run: first bytes and SHA-256 of each.

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "scenarios/session/conductor.h"

namespace session {
namespace {

constexpr std::uint64_t kPiece = 1 << 20;

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char b : bytes) text += fmt::format("{:02x}", b);
  return text;
}

class Hash {
 public:
  Hash() { crypto_hash_sha256_init(&state_); }
  void add(const unsigned char* bytes, std::size_t n) {
    crypto_hash_sha256_update(&state_, bytes, n);
  }
  std::string hex_digest() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
    crypto_hash_sha256_final(&state_, digest.data());
    return hex(digest);
  }

 private:
  crypto_hash_sha256_state state_;
};

FileTruth read_truth(sim::Computer& computer, const std::string& name, sim::Truth truth,
                     std::uint64_t file_size) {
  FileTruth result;
  if (file_size > kMostHashed) {
    result.why_not = fmt::format("larger than {} bytes: not hashed", kMostHashed);
    return result;
  }
  Hash hash;
  for (std::uint64_t at = 0;; at += kPiece) {
    const sim::FileBytes piece =
        computer.bytes_of(name, truth, sim::FileOffset{at}, sim::Bytes{kPiece});
    if (!piece.bytes) {
      result.why_not = piece.why_not;
      return result;
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(piece.bytes->data());
    const std::size_t n = piece.bytes->size();
    hash.add(bytes, n);
    if (result.first_bytes.size() < kBytesShown) {
      const std::size_t wanted = std::min(n, kBytesShown - result.first_bytes.size());
      result.first_bytes.append(reinterpret_cast<const char*>(bytes), wanted);
    }
    result.size += n;
    if (n < kPiece) break;
  }
  result.sha256 = hash.hex_digest();
  result.known = true;
  return result;
}

}  // namespace

namespace {

// A file larger than this is hashed at the end only: hashing it at every step would take longer
// than the program.
constexpr std::uint64_t kMostHashedAStep = 65536;

FileTruth without_bytes(FileTruth truth) {
  truth.first_bytes.clear();
  return truth;
}

}  // namespace

FileTruths hashes_of(sim::Computer& computer, const sim::FileState& file) {
  FileTruths truths;
  std::string_view last;  // the bytes hashed last: most often all three are the same
  std::vector<sim::FileBytes> kept;
  kept.reserve(3);
  const FileTruth* last_truth = nullptr;
  const std::pair<sim::Truth, FileTruth*> wanted[] = {{sim::Truth::program, &truths.program},
                                                      {sim::Truth::cache, &truths.cache},
                                                      {sim::Truth::durable, &truths.durable}};
  for (const auto& [which, truth] : wanted) {
    if (file.size.count > kMostHashedAStep) {
      truth->why_not = fmt::format("larger than {} bytes: hashed at the end", kMostHashedAStep);
      continue;
    }
    kept.push_back(
        computer.bytes_of(file.name, which, sim::FileOffset{0}, sim::Bytes{kMostHashedAStep}));
    if (!kept.back().bytes) {
      truth->why_not = kept.back().why_not;
      continue;
    }
    const auto* bytes = reinterpret_cast<const char*>(kept.back().bytes->data());
    const std::string_view text(bytes, kept.back().bytes->size());
    *truth = last_truth != nullptr && text == last ? *last_truth : without_bytes(truth_of(text));
    last = text;
    last_truth = truth;
  }
  return truths;
}

FileTruth truth_of(std::string_view bytes) {
  Hash hash;
  hash.add(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return {.known = true,
          .size = bytes.size(),
          .first_bytes = std::string(bytes.substr(0, kBytesShown)),
          .sha256 = hash.hex_digest(),
          .why_not = ""};
}

// Names and sizes by looking, which is no system call of the program's.
void tell_files(sim::Computer& computer, const UsedNames& used, RunSink& sink) {
  std::size_t unused = 0;
  for (const sim::FileState& file : computer.observe().files) {
    if (!file.name.empty() && !used.contains(file.name)) ++unused;
    if (!used.contains(file.name)) continue;
    const auto truth = [&](sim::Truth t) {
      return read_truth(computer, file.name, t, file.size.count);
    };
    sink.file(file.name,
              {truth(sim::Truth::program), truth(sim::Truth::cache), truth(sim::Truth::durable)});
  }
  if (unused == 0) return;
  sink.note(
      {topic::unused_files, fmt::format("{} {} there at the start {} not used, and {} not shown",
                                        unused, unused == 1 ? "file that was" : "files that were",
                                        unused == 1 ? "was" : "were", unused == 1 ? "is" : "are")});
}

}  // namespace session
