// The function of each instruction.

#pragma once

#include <array>

#include "scenarios/python/vm.h"

namespace python {

struct Vm::Instructions {
  using Function = void (*)(Vm&, const Instruction&);

  static void line_(Vm&, const Instruction&);
  static void load_constant_(Vm&, const Instruction&);
  static void load_local_(Vm&, const Instruction&);
  static void load_global_(Vm&, const Instruction&);
  static void load_cell_(Vm&, const Instruction&);
  static void load_class_local_(Vm&, const Instruction&);
  static void store_local_(Vm&, const Instruction&);
  static void store_global_(Vm&, const Instruction&);
  static void store_cell_(Vm&, const Instruction&);
  static void delete_local_(Vm&, const Instruction&);
  static void delete_global_(Vm&, const Instruction&);
  static void delete_cell_(Vm&, const Instruction&);
  static void pop_(Vm&, const Instruction&);
  static void copy_(Vm&, const Instruction&);
  static void copy_two_(Vm&, const Instruction&);
  static void swap_(Vm&, const Instruction&);
  static void rotate_three_(Vm&, const Instruction&);
  static void unary_(Vm&, const Instruction&);
  static void negate_(Vm&, const Instruction&);
  static void binary_(Vm&, const Instruction&);
  static void in_place_(Vm&, const Instruction&);
  static void compare_(Vm&, const Instruction&);
  static void load_item_(Vm&, const Instruction&);
  static void store_item_(Vm&, const Instruction&);
  static void delete_item_(Vm&, const Instruction&);
  static void augment_item_(Vm&, const Instruction&);
  static void load_attribute_(Vm&, const Instruction&);
  static void store_attribute_(Vm&, const Instruction&);
  static void delete_attribute_(Vm&, const Instruction&);
  static void build_tuple_(Vm&, const Instruction&);
  static void build_list_(Vm&, const Instruction&);
  static void build_set_(Vm&, const Instruction&);
  static void build_dict_(Vm&, const Instruction&);
  static void build_slice_(Vm&, const Instruction&);
  static void build_string_(Vm&, const Instruction&);
  static void format_(Vm&, const Instruction&);
  static void list_append_(Vm&, const Instruction&);
  static void list_to_tuple_(Vm&, const Instruction&);
  static void set_add_(Vm&, const Instruction&);
  static void dict_add_(Vm&, const Instruction&);
  static void dict_update_(Vm&, const Instruction&);
  static void call_(Vm&, const Instruction&);
  static void call_method_(Vm&, const Instruction&);
  static void call_unpacked_(Vm&, const Instruction&);
  static void jump_(Vm&, const Instruction&);
  static void jump_if_false_(Vm&, const Instruction&);
  static void jump_if_true_(Vm&, const Instruction&);
  static void jump_if_false_or_pop_(Vm&, const Instruction&);
  static void jump_if_true_or_pop_(Vm&, const Instruction&);
  static void iterate_(Vm&, const Instruction&);
  static void for_iter_(Vm&, const Instruction&);
  static void unpack_(Vm&, const Instruction&);
  static void unpack_star_(Vm&, const Instruction&);
  static void make_function_(Vm&, const Instruction&);
  static void make_cell_(Vm&, const Instruction&);
  static void load_closure_(Vm&, const Instruction&);
  static void return_value_(Vm&, const Instruction&);
  static void yield_value_(Vm&, const Instruction&);
  static void raise_(Vm&, const Instruction&);
  static void begin_handler_(Vm&, const Instruction&);
  static void load_handled_(Vm&, const Instruction&);
  static void match_exception_(Vm&, const Instruction&);
  static void end_handler_(Vm&, const Instruction&);
  static void reraise_(Vm&, const Instruction&);
  static void raise_again_(Vm&, const Instruction&);
  static void reraise_cleanup_(Vm&, const Instruction&);
  static void enter_with_(Vm&, const Instruction&);
  static void leave_with_(Vm&, const Instruction&);
  static void leave_with_raising_(Vm&, const Instruction&);
  static void import_module_(Vm&, const Instruction&);
  static void import_name_(Vm&, const Instruction&);
  static void build_class_(Vm&, const Instruction&);
  static void raise_assertion_(Vm&, const Instruction&);
  static void end_class_(Vm&, const Instruction&);

  // In the order of Op.
  static constexpr std::array<Function, kOps> kTable = {
      &line_,
      &load_constant_,
      &load_local_,
      &load_global_,
      &load_cell_,
      &load_class_local_,
      &store_local_,
      &store_global_,
      &store_cell_,
      &delete_local_,
      &delete_global_,
      &delete_cell_,
      &pop_,
      &copy_,
      &copy_two_,
      &swap_,
      &rotate_three_,
      &unary_,
      &negate_,
      &binary_,
      &in_place_,
      &compare_,
      &load_item_,
      &store_item_,
      &delete_item_,
      &augment_item_,
      &load_attribute_,
      &store_attribute_,
      &delete_attribute_,
      &build_tuple_,
      &build_list_,
      &build_set_,
      &build_dict_,
      &build_slice_,
      &build_string_,
      &format_,
      &list_append_,
      &list_to_tuple_,
      &set_add_,
      &dict_add_,
      &dict_update_,
      &call_,
      &call_method_,
      &call_unpacked_,
      &jump_,
      &jump_if_false_,
      &jump_if_true_,
      &jump_if_false_or_pop_,
      &jump_if_true_or_pop_,
      &iterate_,
      &for_iter_,
      &unpack_,
      &unpack_star_,
      &make_function_,
      &make_cell_,
      &load_closure_,
      &return_value_,
      &yield_value_,
      &raise_,
      &begin_handler_,
      &load_handled_,
      &match_exception_,
      &end_handler_,
      &reraise_,
      &raise_again_,
      &reraise_cleanup_,
      &enter_with_,
      &leave_with_,
      &leave_with_raising_,
      &import_module_,
      &import_name_,
      &build_class_,
      &raise_assertion_,
      &end_class_,
  };
};

}  // namespace python
