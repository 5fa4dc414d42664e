package io.fleetward.rules.template;

import io.fleetward.rules.template.TemplateNode.Command;
import io.fleetward.rules.template.TemplateNode.Operand;
import io.fleetward.rules.template.TemplateNode.Pipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Carries a template out. Used once, by one thread.
final class Interpreter {
  private static final int MAX_OUTPUT = 1 << 20;
  private static final int MAX_DEPTH = 100;
  private static final int MAX_STEPS = 1_000_000;

  private final Map<String, List<TemplateNode>> definitions;
  private final Functions functions;
  private final StringBuilder output = new StringBuilder();
  private Deque<Map<String, Object>> scopes = new ArrayDeque<>();
  private int depth;
  private int steps;

  /// How a list of nodes ended.
  private enum End {
    NORMAL,
    BREAK,
    CONTINUE
  }

  Interpreter(TemplateData data, Map<String, List<TemplateNode>> definitions) {
    this.definitions = definitions;
    this.functions = new Functions(data);
  }

  /// @throws TemplateException if the template meets something it cannot work with
  String run(List<TemplateNode> nodes, Object dot, Map<String, Object> variables) {
    scopes.push(new HashMap<>(variables));
    run(nodes, dot);
    return output.toString();
  }

  private End run(List<TemplateNode> nodes, Object dot) {
    for (TemplateNode node : nodes) {
      if (++steps > MAX_STEPS || output.length() > MAX_OUTPUT) {
        throw new TemplateException("the template does not come to an end, or writes over 1 MB");
      }
      End end = run(node, dot);
      if (end != End.NORMAL) {
        return end;
      }
    }
    return End.NORMAL;
  }

  private End run(TemplateNode node, Object dot) {
    switch (node) {
      case TemplateNode.Text(String text) -> output.append(text);
      case TemplateNode.Output(Pipeline pipeline) -> {
        Object value = value(pipeline, dot);
        if (pipeline.variables().isEmpty()) {
          output.append(GoValues.text(value));
        }
      }
      case TemplateNode.If(var condition, var then, var otherwise) -> {
        return scoped(() -> run(GoValues.isTrue(value(condition, dot)) ? then : otherwise, dot));
      }
      case TemplateNode.With(var pipeline, var then, var otherwise) -> {
        return scoped(() -> {
          Object value = value(pipeline, dot);
          return GoValues.isTrue(value) ? run(then, value) : run(otherwise, dot);
        });
      }
      case TemplateNode.Range range -> {
        return scoped(() -> loop(range, dot));
      }
      case TemplateNode.Call(String name, var argument) ->
          call(name, argument == null ? GoValues.Nil.NIL : value(argument, dot));
      case TemplateNode.Break() -> {
        return End.BREAK;
      }
      case TemplateNode.Continue() -> {
        return End.CONTINUE;
      }
    }
    return End.NORMAL;
  }

  /// A part of the template with variables of its own.
  private interface Part {
    End run();
  }

  private End scoped(Part part) {
    scopes.push(new HashMap<>());
    End end = part.run();
    scopes.pop();
    return end;
  }

  private End loop(TemplateNode.Range range, Object dot) {
    Map<Object, Object> elements = elements(evaluated(range.values(), dot));
    if (elements.isEmpty()) {
      return run(range.otherwise(), dot);
    }
    List<String> variables = range.values().variables();
    for (Map.Entry<Object, Object> element : elements.entrySet()) {
      End end =
          scoped(() -> {
            if (variables.size() == 2) {
              scopes.element().put(variables.getFirst(), element.getKey());
            }
            if (!variables.isEmpty()) {
              scopes.element().put(variables.getLast(), element.getValue());
            }
            return run(range.body(), element.getValue());
          });
      if (end == End.BREAK) {
        break;
      }
    }
    return End.NORMAL;
  }

  private static Map<Object, Object> elements(Object value) {
    Map<Object, Object> elements = new java.util.LinkedHashMap<>();
    switch (value) {
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          elements.put((long) i, list.get(i));
        }
      }
      case Map<?, ?> map -> elements.putAll(new TreeMap<>(map));
      case Long count -> {
        for (long i = 0; i < Math.min(count, MAX_STEPS); i++) {
          elements.put(i, i);
        }
      }
      case GoValues.Nil _ -> {}
      default -> throw new TemplateException("range can't iterate over " + GoValues.text(value));
    }
    return elements;
  }

  private void call(String name, Object argument) {
    List<TemplateNode> body = definitions.get(name);
    if (body == null) {
      throw new TemplateException("template \"%s\" not defined".formatted(name));
    }
    if (++depth > MAX_DEPTH) {
      throw new TemplateException("exceeded maximum template depth (100)");
    }
    Deque<Map<String, Object>> outer = scopes;
    scopes = new ArrayDeque<>();
    scopes.push(new HashMap<>(Map.of("$", argument)));
    run(body, argument);
    scopes = outer;
    depth--;
  }

  /// The value of a pipeline; its variables are set.
  private Object value(Pipeline pipeline, Object dot) {
    Object value = evaluated(pipeline, dot);
    for (String variable : pipeline.variables()) {
      if (pipeline.declares()) {
        scopes.element().put(variable, value);
      } else {
        assign(variable, value);
      }
    }
    return value;
  }

  private void assign(String variable, Object value) {
    for (Map<String, Object> scope : scopes) {
      if (scope.containsKey(variable)) {
        scope.put(variable, value);
        return;
      }
    }
    throw new TemplateException("undefined variable: " + variable);
  }

  private Object evaluated(Pipeline pipeline, Object dot) {
    Object value = GoValues.Nil.NIL;
    for (int i = 0; i < pipeline.commands().size(); i++) {
      value =
          i == 0
              ? command(pipeline.commands().get(i), dot, List.of())
              : command(pipeline.commands().get(i), dot, List.of(value));
    }
    return value;
  }

  /// @param piped what the command before handed on; the function's last argument
  private Object command(Command command, Object dot, List<Object> piped) {
    List<Operand> operands = command.operands();
    if (operands.getFirst() instanceof Operand.Function(String name)) {
      if (name.equals("and") || name.equals("or")) {
        return logical(name, operands.subList(1, operands.size()), dot, piped);
      }
      List<Object> arguments = new ArrayList<>();
      for (Operand operand : operands.subList(1, operands.size())) {
        arguments.add(operand(operand, dot));
      }
      arguments.addAll(piped);
      return functions.call(name, arguments);
    }
    if (operands.size() > 1 || !piped.isEmpty()) {
      throw new TemplateException("can't give argument to non-function");
    }
    return operand(operands.getFirst(), dot);
  }

  /// `and` and `or`, which look only at as many operands as they need.
  private Object logical(String name, List<Operand> operands, Object dot, List<Object> piped) {
    Object value = GoValues.Nil.NIL;
    for (Operand operand : operands) {
      value = operand(operand, dot);
      if (GoValues.isTrue(value) == name.equals("or")) {
        return value;
      }
    }
    return piped.isEmpty() ? value : piped.getFirst();
  }

  private Object operand(Operand operand, Object dot) {
    return switch (operand) {
      case Operand.Literal(Object value) -> value;
      case Operand.Dot() -> dot;
      case Operand.Variable(String name) -> variable(name);
      case Operand.Function(String name) -> functions.call(name, List.of());
      case Operand.Nested(Pipeline pipeline) -> value(pipeline, dot);
      case Operand.Fields(Operand of, List<String> names) -> {
        Object value = operand(of, dot);
        for (String name : names) {
          value = GoValues.field(value, name);
        }
        yield value;
      }
    };
  }

  private Object variable(String name) {
    for (Map<String, Object> scope : scopes) {
      Object value = scope.get(name);
      if (value != null) {
        return value;
      }
    }
    throw new TemplateException("undefined variable: " + name);
  }
}
