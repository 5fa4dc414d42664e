package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.Aggregation;
import io.fleetward.rules.series.Selection;
import io.fleetward.rules.series.SeriesStore;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expression bound to a store, which can be evaluated again and again; it binds itself anew
/// when series came or went. Confined to the store's thread.
///
/// After [#evaluate] the result is read row by row; a number is a row without labels.
public final class LiveQuery {
  private static final int MAX_BINDINGS = 50;

  private final String text;
  private final Expression expression;
  private final SeriesStore store;
  private final EvaluationSettings settings;
  private final boolean isAnnotated;
  private final IdentityHashMap<Aggregation, Set<Double>> knownValues = Binder.noValues();
  private @Nullable Binding binding;
  private long rowsVersion;

  /// What was bound, and the versions of what it was bound to.
  @SuppressWarnings("ArrayRecordComponent") // stays within this package, never compared
  private record Binding(
      Bound root,
      VectorNode rows,
      Shape result,
      int[][] duplicates,
      List<Selection> selections,
      long[] versions,
      List<CountValuesNode> growing) {
    boolean isOutdated() {
      for (int i = 0; i < versions.length; i++) {
        if (selections.get(i).version() != versions[i]) {
          return true;
        }
      }
      return false;
    }

    boolean isOutgrown() {
      for (CountValuesNode node : growing) {
        if (node.isOutgrown()) {
          return true;
        }
      }
      return false;
    }
  }

  /// @param text what the expression was parsed from
  public LiveQuery(
      String text, Expression expression, SeriesStore store, EvaluationSettings settings) {
    this(text, expression, store, settings, false);
  }

  /// @param isAnnotated whether annotations are wanted, which keeps all labels in memory
  LiveQuery(
      String text,
      Expression expression,
      SeriesStore store,
      EvaluationSettings settings,
      boolean isAnnotated) {
    this.isAnnotated = isAnnotated;
    this.text = text;
    this.expression = expression;
    this.store = store;
    this.settings = settings;
  }

  private Binding bind() {
    rowsVersion++;
    Binder binder = new Binder(text, store, settings, knownValues, isAnnotated);
    Bound root = binder.bind(expression);
    VectorNode rows =
        switch (root) {
          case VectorNode vector -> vector;
          case ScalarNode scalar -> Binder.single(scalar);
          case RangeNode range -> new RelabelledNode(Binder.single(Binder.NO_NUMBER), Shape.EMPTY);
          case Bound.Text _ -> new RelabelledNode(Binder.single(Binder.NO_NUMBER), Shape.EMPTY);
        };
    Shape result = rows.shape().result();
    if (!isAnnotated) {
      rows.forgetLabels();
    }
    List<Selection> selections = binder.selections();
    long[] versions = selections.stream().mapToLong(Selection::version).toArray();
    return new Binding(
        root, rows, result, result.duplicates(), selections, versions, binder.growing());
  }

  /// Evaluates the expression at a time as an instant query.
  ///
  /// @throws EvaluationException if it cannot be evaluated on the series that are there
  public void evaluate(long timeMillis) {
    evaluate(new Tick(timeMillis, timeMillis, 0, settings.maxSamples(), false), timeMillis);
  }

  void evaluate(Tick tick, long timeMillis) {
    Binding current = binding == null || binding.isOutdated() ? bind() : binding;
    for (int attempt = 0; attempt < MAX_BINDINGS; attempt++) {
      tick.restart(timeMillis);
      current.rows().evaluate(tick);
      if (!current.isOutgrown()) {
        binding = current;
        refuseDuplicates(current);
        return;
      }
      current = bind();
    }
    throw new EvaluationException("count_values meets new values without end");
  }

  private static void refuseDuplicates(Binding current) {
    for (int[] rows : current.duplicates()) {
      boolean seen = false;
      for (int row : rows) {
        if (current.rows().has(row) && seen) {
          throw new EvaluationException("vector cannot contain metrics with the same labelset");
        }
        seen |= current.rows().has(row);
      }
    }
  }

  private Binding bound() {
    if (binding == null) {
      throw new IllegalStateException("not evaluated yet: " + text);
    }
    return binding;
  }

  Bound root() {
    return bound().root();
  }

  /// The order of rows that the expression asks for; null for none.
  int @Nullable [] order() {
    return bound().rows().order();
  }

  /// Changes whenever the rows do, because series came or went.
  public long rowsVersion() {
    return rowsVersion;
  }

  /// How many rows there may be.
  public int size() {
    return bound().result().size();
  }

  /// Whether a row yields something.
  public boolean has(int row) {
    return !StaleMarker.is(bound().rows().values[row]);
  }

  public double value(int row) {
    return bound().rows().values[row];
  }

  public Labels labels(int row) {
    return bound().result().labels(row);
  }
}
