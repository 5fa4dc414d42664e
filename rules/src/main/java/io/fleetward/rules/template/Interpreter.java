package io.fleetward.rules.template;

import io.fleetward.rules.template.TemplateNode.Command;
import io.fleetward.rules.template.TemplateNode.Operand;
import io.fleetward.rules.template.TemplateNode.Pipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Carries a template out. Used once, by one thread.
final class Interpreter {
  private static final int MAX_DEPTH = 100;
  private static final int MAX_STEPS = 1_000_000;

  /// What a query costs, and how many characters a function may read or write for one step.
  private static final int STEPS_OF_QUERY = 1_000;

  private static final int CHARACTERS_OF_STEP = 64;

  private final Map<String, List<TemplateNode>> definitions;
  private final Functions functions;
  private final LimitedText output = new LimitedText();
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
      step(1);
      End end = run(node, dot);
      if (end != End.NORMAL) {
        return end;
      }
    }
    return End.NORMAL;
  }

  private void step(int count) {
    steps += count;
    if (steps > MAX_STEPS) {
      throw new TemplateException("the template does not come to an end");
    }
  }

  private End run(TemplateNode node, Object dot) {
    switch (node) {
      case TemplateNode.Text(String text) -> output.add(text);
      case TemplateNode.Output(Pipeline pipeline) -> {
        Object value = value(pipeline, dot);
        if (pipeline.variables().isEmpty()) {
          output.add(GoValues.text(value));
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
      case TemplateNode.Call call ->
          call(call, call.argument() == null ? GoValues.Nil.NIL : value(call.argument(), dot));
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
    Object values = evaluated(range.values(), dot);
    boolean isEmpty = true;
    for (Iterator<Map.Entry<Object, Object>> all = elements(values, range); all.hasNext(); ) {
      Map.Entry<Object, Object> element = all.next();
      isEmpty = false;
      step(1);
      if (scoped(() -> iteration(range, element)) == End.BREAK) {
        break;
      }
    }
    return isEmpty ? run(range.otherwise(), dot) : End.NORMAL;
  }

  private End iteration(TemplateNode.Range range, Map.Entry<Object, Object> element) {
    List<String> variables = range.values().variables();
    if (variables.size() == 2) {
      scopes.element().put(variables.getFirst(), element.getKey());
    }
    if (!variables.isEmpty()) {
      scopes.element().put(variables.getLast(), element.getValue());
    }
    return run(range.body(), element.getValue());
  }

  private static Iterator<Map.Entry<Object, Object>> elements(
      Object value, TemplateNode.Range range) {
    return switch (value) {
      case List<?> list ->
          numbers(list.size())
              .map(position -> Map.<Object, Object>entry(position, list.get(position.intValue())))
              .iterator();
      case Map<?, ?> map -> new TreeMap<Object, Object>(map).entrySet().iterator();
      case Long count ->
          numbers(count).map(number -> Map.<Object, Object>entry(number, number)).iterator();
      case GoValues.Nil _ -> Collections.emptyIterator();
      default ->
          throw new TemplateException("range can't iterate over " + GoValues.text(value))
              .at(range.values().commands().getFirst().place());
    };
  }

  private static Stream<Long> numbers(long count) {
    return LongStream.range(0, count).boxed();
  }

  private void call(TemplateNode.Call call, Object argument) {
    List<TemplateNode> body = definitions.get(call.name());
    if (body == null) {
      throw new TemplateException("template \"%s\" not defined".formatted(call.name()))
          .at(call.place());
    }
    if (++depth > MAX_DEPTH) {
      throw new TemplateException("exceeded maximum template depth (100)").at(call.place());
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
    try {
      return result(command, dot, piped);
    } catch (TemplateException e) {
      throw e.at(command.place());
    }
  }

  private Object result(Command command, Object dot, List<Object> piped) {
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
      return called(name, arguments);
    }
    if (operands.size() > 1 || !piped.isEmpty()) {
      throw new TemplateException("can't give argument to non-function");
    }
    return operand(operands.getFirst(), dot);
  }

  private Object called(String name, List<Object> arguments) {
    step(name.equals("query") ? STEPS_OF_QUERY : 1);
    arguments.forEach(this::charge);
    Object result = functions.call(name, arguments);
    charge(result);
    return result;
  }

  /// Lets long texts count as many steps.
  private void charge(Object value) {
    if (value instanceof String text) {
      step(text.length() / CHARACTERS_OF_STEP);
    }
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
      case Operand.Function(String name) -> called(name, List.of());
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
