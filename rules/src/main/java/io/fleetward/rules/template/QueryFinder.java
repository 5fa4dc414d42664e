package io.fleetward.rules.template;

import io.fleetward.rules.template.TemplateNode.Command;
import io.fleetward.rules.template.TemplateNode.Operand;
import io.fleetward.rules.template.TemplateNode.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds the calls of `query` in a template. Used once, by one thread.
final class QueryFinder {
  private final List<String> queries = new ArrayList<>();
  private boolean findsUnwritten;

  QueryFinder(List<TemplateNode> nodes, Map<String, List<TemplateNode>> definitions) {
    visit(nodes);
    definitions.values().forEach(this::visit);
  }

  List<String> queries() {
    return queries;
  }

  boolean findsUnwritten() {
    return findsUnwritten;
  }

  private void visit(List<TemplateNode> nodes) {
    for (TemplateNode node : nodes) {
      switch (node) {
        case TemplateNode.Output(Pipeline pipeline) -> visit(pipeline);
        case TemplateNode.If(Pipeline pipeline, var then, var otherwise) -> {
          visit(pipeline);
          visit(then);
          visit(otherwise);
        }
        case TemplateNode.With(Pipeline pipeline, var then, var otherwise) -> {
          visit(pipeline);
          visit(then);
          visit(otherwise);
        }
        case TemplateNode.Range(Pipeline pipeline, var body, var otherwise) -> {
          visit(pipeline);
          visit(body);
          visit(otherwise);
        }
        case TemplateNode.Call(_, Pipeline argument, _) -> {
          if (argument != null) {
            visit(argument);
          }
        }
        case TemplateNode.Text _, TemplateNode.Break _, TemplateNode.Continue _ -> {}
      }
    }
  }

  private void visit(Pipeline pipeline) {
    for (int i = 0; i < pipeline.commands().size(); i++) {
      Command command = pipeline.commands().get(i);
      if (command.operands().getFirst() instanceof Operand.Function(String name)
          && name.equals("query")) {
        found(pipeline, i, command);
      }
      for (Operand operand : command.operands()) {
        if (operand instanceof Operand.Nested(Pipeline nested)) {
          visit(nested);
        } else if (operand instanceof Operand.Fields(Operand.Nested(Pipeline nested), _)) {
          visit(nested);
        }
      }
    }
  }

  /// Takes down a query, whose text is its argument or comes from the command before it.
  private void found(Pipeline pipeline, int position, Command command) {
    boolean isPiped = command.operands().size() == 1 && position > 0;
    Command source = isPiped ? pipeline.commands().get(position - 1) : command;
    int place = isPiped ? 0 : 1;
    boolean isWritten =
        source.operands().size() == place + 1
            && source.operands().get(place) instanceof Operand.Literal(Object value)
            && value instanceof String
            && (!isPiped || position == 1);
    if (isWritten && source.operands().get(place) instanceof Operand.Literal(Object value)) {
      queries.add(value.toString());
    } else {
      findsUnwritten = true;
    }
  }
}
