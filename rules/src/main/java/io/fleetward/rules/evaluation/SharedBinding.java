package io.fleetward.rules.evaluation;

import java.util.ArrayDeque;

/// What the hosts with one layout evaluate a query with. Bound nodes hold nothing between two
/// evaluations, so a few serve all hosts: as many as threads evaluate at the same time. Safe for
/// use by many threads.
final class SharedBinding {
  private final PreparedQuery query;
  private final Layout layout;
  private final ArrayDeque<Binding> idle = new ArrayDeque<>(1);

  SharedBinding(PreparedQuery query, Layout layout) {
    this.query = query;
    this.layout = layout;
  }

  /// Takes nodes to evaluate with; [#giveBack] ends that.
  Binding take() {
    synchronized (idle) {
      if (!idle.isEmpty()) {
        return idle.removeLast();
      }
    }
    return Binding.of(query, layout, Binder.noValues(), BindingMode.PLAIN);
  }

  void giveBack(Binding binding) {
    synchronized (idle) {
      idle.addLast(binding);
    }
  }
}
