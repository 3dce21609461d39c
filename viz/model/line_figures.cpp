// One event at a time.

#include "viz/model/line_figures.h"

#include <iterator>

namespace viz {

void LineFigures::add(const sim::Event& e) {
  switch (e.kind) {
    case sim::EventKind::fault_major:
    case sim::EventKind::fault_minor:
      ++(e.kind == sim::EventKind::fault_major ? major : minor);
      if ((e.detail & sim::fault_detail::cow) != 0) ++cow;
      if ((e.detail & sim::fault_detail::write_notify) != 0) ++write_notify;
      break;
    case sim::EventKind::page_in: ++read; break;
    case sim::EventKind::evict: ++evicted; break;
    case sim::EventKind::swap_out: ++swapped_out; break;
    case sim::EventKind::swap_in: ++swapped_in; break;
    case sim::EventKind::write_back: ++written; break;
    case sim::EventKind::system_call:
      ++calls;
      if (sim::SystemCall{e.operand} == sim::SystemCall::read) bytes_read += e.count;
      if (sim::SystemCall{e.operand} == sim::SystemCall::write) bytes_written += e.count;
      break;
    case sim::EventKind::access:
    case sim::EventKind::tlb_miss:
    case sim::EventKind::dirty:
    case sim::EventKind::signal:
    case sim::EventKind::disk_error:
    case sim::EventKind::process_switch: break;
  }
}

namespace {

constexpr std::uint64_t LineFigures::*kAll[] = {
    &LineFigures::major,        &LineFigures::minor,         &LineFigures::cow,
    &LineFigures::write_notify, &LineFigures::swapped_in,    &LineFigures::swapped_out,
    &LineFigures::evicted,      &LineFigures::read,          &LineFigures::written,
    &LineFigures::bytes_read,   &LineFigures::bytes_written, &LineFigures::calls};
static_assert(sizeof(LineFigures) == std::size(kAll) * sizeof(std::uint64_t));

}  // namespace

LineFigures& LineFigures::operator+=(const LineFigures& o) {
  for (const auto figure : kAll) this->*figure += o.*figure;
  return *this;
}

LineFigures& LineFigures::operator-=(const LineFigures& o) {
  for (const auto figure : kAll) this->*figure -= o.*figure;
  return *this;
}

}  // namespace viz
