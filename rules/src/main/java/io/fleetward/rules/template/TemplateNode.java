package io.fleetward.rules.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a template.
sealed interface TemplateNode {
  record Text(String text) implements TemplateNode {}

  /// `{{ pipeline }}`, or `{{ $x := pipeline }}`, which prints nothing.
  record Output(Pipeline pipeline) implements TemplateNode {}

  record If(Pipeline condition, List<TemplateNode> then, List<TemplateNode> otherwise)
      implements TemplateNode {}

  record With(Pipeline value, List<TemplateNode> then, List<TemplateNode> otherwise)
      implements TemplateNode {}

  record Range(Pipeline values, List<TemplateNode> body, List<TemplateNode> otherwise)
      implements TemplateNode {}

  /// `{{ template "name" pipeline }}`
  ///
  /// @param place line and column
  record Call(String name, @Nullable Pipeline argument, String place) implements TemplateNode {}

  record Break() implements TemplateNode {}

  record Continue() implements TemplateNode {}

  /// Commands whose results are handed on to the next.
  ///
  /// @param variables the variables that are set, none to two
  /// @param declares whether they are declared (`:=`) rather than assigned (`=`)
  record Pipeline(List<String> variables, boolean declares, List<Command> commands) {}

  /// An operand, or a function with its arguments.
  ///
  /// @param place line and column
  record Command(List<Operand> operands, String place) {}

  /// What a command is made of.
  sealed interface Operand {
    /// @param value a string, long, double, boolean or [GoValues.Nil]
    record Literal(Object value) implements Operand {}

    record Dot() implements Operand {}

    record Variable(String name) implements Operand {}

    record Function(String name) implements Operand {}

    record Nested(Pipeline pipeline) implements Operand {}

    /// `.A.B` behind an operand
    record Fields(Operand of, List<String> names) implements Operand {}
  }
}
