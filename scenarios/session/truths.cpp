// The three truths about every file at the end of a run: first bytes and SHA-256 of each.

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "scenarios/session/conductor.h"

namespace session {
namespace {

constexpr std::uint64_t kPiece = 1 << 20;
// Hashing more than this would take longer than the run it describes (about 0.5 GB/s).
constexpr std::uint64_t kMostHashed = std::uint64_t{1} << 30;

std::string hex(std::span<const unsigned char> bytes) {
  std::string text;
  for (const unsigned char b : bytes) text += fmt::format("{:02x}", b);
  return text;
}

FileTruth read_truth(sim::Computer& computer, const std::string& name, sim::Truth truth,
                     std::uint64_t file_size) {
  FileTruth result;
  if (file_size > kMostHashed) {
    result.why_not = fmt::format("larger than {} bytes: not hashed", kMostHashed);
    return result;
  }
  crypto_hash_sha256_state hash;
  crypto_hash_sha256_init(&hash);
  for (std::uint64_t at = 0;; at += kPiece) {
    const sim::FileBytes piece =
        computer.bytes_of(name, truth, sim::FileOffset{at}, sim::Bytes{kPiece});
    if (!piece.bytes) {
      result.why_not = piece.why_not;
      return result;
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(piece.bytes->data());
    const std::size_t n = piece.bytes->size();
    crypto_hash_sha256_update(&hash, bytes, n);
    if (result.first_bytes.size() < kBytesShown) {
      const std::size_t wanted = std::min(n, kBytesShown - result.first_bytes.size());
      result.first_bytes.append(reinterpret_cast<const char*>(bytes), wanted);
    }
    result.size += n;
    if (n < kPiece) break;
  }
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest;
  crypto_hash_sha256_final(&hash, digest.data());
  result.sha256 = hex(digest);
  result.known = true;
  return result;
}

}  // namespace

// Names and sizes by looking, which is no system call of the program's.
void tell_files(sim::Computer& computer, RunSink& sink) {
  for (const sim::FileState& file : computer.observe().files) {
    if (file.name.empty()) continue;
    const auto truth = [&](sim::Truth t) {
      return read_truth(computer, file.name, t, file.size.count);
    };
    sink.file(file.name,
              {truth(sim::Truth::program), truth(sim::Truth::cache), truth(sim::Truth::durable)});
  }
}

}  // namespace session
