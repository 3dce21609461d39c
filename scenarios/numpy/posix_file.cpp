// See posix_file.h.

#include "scenarios/numpy/posix_file.h"

#include <cerrno>

#include "scenarios/numpy/or_death.h"
#include "scenarios/python/error.h"

namespace numpy {
namespace {

template <class T>
T value_or_raise(const sim::Result<T>& result) {
  if (!result.ok()) python::raise_os_error(result.error());
  return *result;
}

}  // namespace

std::size_t PosixFile::read(std::span<std::byte> into) {
  return value_or_raise(or_death(computer_->read(fd_, into))).count;
}

std::size_t PosixFile::write(std::span<const std::byte> from) {
  return value_or_raise(or_death(computer_->write(fd_, from))).count;
}

std::int64_t PosixFile::seek(std::int64_t offset, sim::Whence whence) {
  return static_cast<std::int64_t>(value_or_raise(computer_->lseek(fd_, offset, whence)).index);
}

std::int64_t PosixFile::size() {
  return static_cast<std::int64_t>(value_or_raise(computer_->fstat(fd_)).size.count);
}

void PosixFile::truncate(std::int64_t size) {
  if (size < 0) python::raise_os_error(EINVAL);
  value_or_raise(or_death(computer_->ftruncate(fd_, sim::Bytes(static_cast<std::uint64_t>(size)))));
}

void PosixFile::close() { value_or_raise(computer_->close(fd_)); }

}  // namespace numpy
