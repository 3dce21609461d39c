// The products as plain triple loops: for each row of a, for each column of b, the products are
// added in order. NumPy's own order for integers; for floats BLAS may group additions differently,
// so the last bit of a float product can differ from NumPy's.

#include "scenarios/numpy/matmul.h"

#include <array>

#include "scenarios/numpy/elementwise.h"
#include "scenarios/numpy/promotion.h"
#include "scenarios/numpy/scalar.h"
#include "scenarios/numpy/ufunc.h"
#include "scenarios/python/native.h"

namespace numpy {
namespace {

using python::Context;
using python::Value;

constexpr const char* kSignature = "(n?,k),(k,m?)->(n?,m?)";

// Adds up a[i] * b[i] of one row and one column.
class ProductLoop final : public WalkLoop {
 public:
  ProductLoop(DType a, DType b, ElementType type) : a_(a), b_(b), type_(type) { clear(); }
  void clear() { total_ = Number(std::int64_t{0}).converted_to(type_); }
  const Number& total() const { return total_; }

  void run(std::byte* const* pointers, std::uint64_t n) override {
    visit_type(type_, [&](auto tag) {
      using T = typename decltype(tag)::type;
      const std::byte* a = pointers[0];
      const std::byte* b = pointers[1];
      T total = total_.as<T>();
      for (std::uint64_t i = 0; i < n; ++i) {
        const T x = Number::read(a, a_).converted_to(type_).as<T>();
        const T y = Number::read(b, b_).converted_to(type_).as<T>();
        if constexpr (std::is_same_v<T, Bool>)
          total = Bool(bool(total) || (bool(x) && bool(y)));
        else if constexpr (std::is_integral_v<T>) {
          using W = std::conditional_t<sizeof(T) <= 4, std::uint32_t, std::uint64_t>;
          total = static_cast<T>(W(total) + W(x) * W(y));
        } else {
          total += x * y;
        }
        a += strides()[0];
        b += strides()[1];
      }
      total_ = Number(total);
    });
  }

 private:
  DType a_, b_;
  ElementType type_;
  Number total_;
};

struct Matrix {
  Value value;
  NdArray* array = nullptr;
  std::int64_t rows = 1, columns = 1;
  std::int64_t row_step = 0, column_step = 0;
};

// A vector is a row on the left, a column on the right.
Matrix matrix_of(const Value& value, bool is_left) {
  Matrix m;
  m.value = value;
  m.array = array_if(value);
  const NdArray& a = *m.array;
  if (a.ndim() == 2) {
    m.rows = a.shape()[0];
    m.columns = a.shape()[1];
    m.row_step = a.strides()[0];
    m.column_step = a.strides()[1];
  } else {
    (is_left ? m.columns : m.rows) = a.shape()[0];
    (is_left ? m.column_step : m.row_step) = a.strides()[0];
  }
  return m;
}

Value product(Context& context, const Matrix& a, const Matrix& b) {
  const ElementType type = promote(a.array->dtype().type(), b.array->dtype().type());
  Dims shape;
  if (a.array->ndim() == 2) shape.push_back(a.rows);
  if (b.array->ndim() == 2) shape.push_back(b.columns);
  const DType dtype(type);
  const Value made = shape.empty() ? Value() : new_array(context, dtype, shape);
  ProductLoop loop(a.array->dtype(), b.array->dtype(), type);
  std::byte item[8];
  std::uint64_t at = made.is_bound() ? array_if(made)->data().index : 0;
  for (std::int64_t i = 0; i < a.rows; ++i) {
    for (std::int64_t j = 0; j < b.columns; ++j) {
      WalkOperand row = read_of(*a.array);
      row.data.index += static_cast<std::uint64_t>(i * a.row_step);
      row.strides = Dims{a.column_step};
      WalkOperand column = read_of(*b.array);
      column.data.index += static_cast<std::uint64_t>(j * b.column_step);
      column.strides = Dims{b.row_step};
      const std::array<WalkOperand, 2> operands{row, column};
      loop.clear();
      walk(context, operands, Dims{a.columns}, WalkOrder::c, loop);
      if (!made.is_bound()) return make_scalar(loop.total());
      loop.total().write(item, dtype);
      store(context, sim::VirtAddr(at), std::span<const std::byte>(item, dtype.itemsize()));
      at += dtype.itemsize();
    }
  }
  return made;
}

Value operand(Context& context, const Value& value) {
  if (number_of(value)) return value;
  return array_from(context, value);
}

std::size_t axes_of(const Value& v) {
  const NdArray* a = array_if(v);
  return a == nullptr ? 0 : a->ndim();
}

void refuse_stacks(const Value& a, const Value& b) {
  if (axes_of(a) > 2 || axes_of(b) > 2) {
    throw python::Unsupported{"a matrix product of more than two dimensions",
                              "a loop over two-dimensional products"};
  }
}

}  // namespace

Value matmul(Context& context, const Value& left, const Value& right) {
  const Value a = operand(context, left);
  const Value b = operand(context, right);
  for (const auto& [v, k] : {std::pair(a, 0), std::pair(b, 1)}) {
    if (axes_of(v) == 0) {
      python::raise("ValueError", "matmul: Input operand " + std::to_string(k) +
                                      " does not have enough dimensions (has 0, gufunc core with "
                                      "signature " +
                                      kSignature + " requires 1)");
    }
  }
  refuse_stacks(a, b);
  const Matrix m = matrix_of(a, true);
  const Matrix n = matrix_of(b, false);
  if (m.columns != n.rows) {
    python::raise("ValueError", std::string("matmul: Input operand 1 has a mismatch in its core "
                                            "dimension 0, with gufunc signature ") +
                                    kSignature + " (size " + std::to_string(n.rows) +
                                    " is different from " + std::to_string(m.columns) + ")");
  }
  return product(context, m, n);
}

Value dot(Context& context, const Value& left, const Value& right) {
  const Value a = operand(context, left);
  const Value b = operand(context, right);
  if (axes_of(a) == 0 || axes_of(b) == 0) return call_ufunc(context, "multiply", {a, b});
  refuse_stacks(a, b);
  const Matrix m = matrix_of(a, true);
  const Matrix n = matrix_of(b, false);
  if (m.columns != n.rows) {
    const std::size_t left_axis = array_if(a)->ndim() - 1;
    python::raise("ValueError", "shapes " + text_of(array_if(a)->shape()) + " and " +
                                    text_of(array_if(b)->shape()) +
                                    " not aligned: " + std::to_string(m.columns) + " (dim " +
                                    std::to_string(left_axis) + ") != " + std::to_string(n.rows) +
                                    " (dim 0)");
  }
  return product(context, m, n);
}

}  // namespace numpy
