package io.fleetward.rules.evaluation;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.protocol.metrics.StaleMarker;
import io.fleetward.rules.histogram.HistogramTable;
import io.fleetward.rules.histogram.NativeHistogram;
import io.fleetward.rules.language.Expression;
import io.fleetward.rules.language.Expression.VectorSelector;
import io.fleetward.rules.series.HostLabels;
import io.fleetward.rules.series.Selection;
import io.fleetward.rules.series.SeriesStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression on the series of a store, which can be evaluated again and again; it binds itself
/// anew when series came or went. Confined to the store's thread.
///
/// After [#evaluate] the result is read row by row, until [#release]; a number is a row without
/// labels.
public final class LiveQuery {
  private static final int MAX_BINDINGS = 50;

  private final PreparedQuery query;
  private final SeriesStore store;
  private final String host;
  private final boolean isAnnotated;
  private final List<Selection> inputs;
  private final long[] versions;
  private @Nullable IdentityHashMap<Expression, KnownValues> knownValues;

  /// What is shared with other hosts; null while this query is bound for itself.
  private @Nullable SharedBinding shared;

  private @Nullable Binding binding;
  private long rowsVersion;

  /// Whether the binding provides for histograms and start times.
  private boolean isRich;

  /// What the values of the last evaluation are, if they may be histograms.
  private @Nullable Tick lastTick;

  public LiveQuery(PreparedQuery query, SeriesStore store) {
    this(query, store, false);
  }

  /// @param isAnnotated whether annotations are wanted, which keeps all labels in memory
  LiveQuery(PreparedQuery query, SeriesStore store, boolean isAnnotated) {
    this.query = query;
    this.store = store;
    this.host = store.host();
    this.isAnnotated = isAnnotated;
    List<Selection> selections = new ArrayList<>(query.selectors().size());
    for (VectorSelector selector : query.selectors()) {
      selections.add(store.select(selector.matchers()));
    }
    this.inputs = List.copyOf(selections);
    this.versions = new long[inputs.size()];
    Arrays.fill(versions, -1);
  }

  private boolean isOutdated() {
    for (int i = 0; i < versions.length; i++) {
      if (inputs.get(i).version() != versions[i]) {
        return true;
      }
    }
    return rowsVersion == 0 || isRich != store.richSamples().isPresent();
  }

  /// Makes `binding` fit the series that are there.
  private Binding bind() {
    if (isOutdated()) {
      release();
      binding = null;
      rowsVersion++;
      isRich = store.richSamples().isPresent();
      boolean isShared = query.isShareable() && !isAnnotated && !isRich && !host.isEmpty();
      shared = isShared ? query.shared(Layout.ofAnyHost(inputs)) : null;
      for (int i = 0; i < versions.length; i++) {
        versions[i] = inputs.get(i).version();
      }
    }
    if (binding == null) {
      binding = shared == null ? exact() : shared.take();
    }
    return binding;
  }

  private Binding exact() {
    if (knownValues == null) {
      knownValues = Binder.noValues();
    }
    return Binding.of(
        query, Layout.exact(inputs), knownValues, new BindingMode(isAnnotated, isRich));
  }

  /// Evaluates the expression at a time as an instant query.
  ///
  /// @throws EvaluationException if it cannot be evaluated on the series that are there
  public void evaluate(long timeMillis) {
    try {
      Tick tick = bind().tick();
      tick.beginAt(timeMillis);
      evaluate(tick, timeMillis);
    } catch (EvaluationException e) {
      boolean wasShared = shared != null;
      release();
      throw wasShared ? namingHost(e, timeMillis) : e;
    }
  }

  /// The failure once more from a binding that knows the host's name, for it may stand in the text.
  private EvaluationException namingHost(EvaluationException e, long timeMillis) {
    try {
      Binding exact = exact();
      exact.tick().beginAt(timeMillis);
      restart(exact.tick(), timeMillis);
      exact.rows().evaluate(exact.tick());
      return e;
    } catch (EvaluationException named) {
      return named;
    }
  }

  void evaluate(Tick tick, long timeMillis) {
    Binding current = bind();
    for (int attempt = 0; attempt < MAX_BINDINGS; attempt++) {
      restart(tick, timeMillis);
      current.rows().evaluate(tick);
      if (!current.isOutgrown()) {
        current.refuseDuplicates();
        return;
      }
      rowsVersion++;
      current = exact();
      binding = current;
    }
    throw new EvaluationException("count_values meets new values without end");
  }

  private void restart(Tick tick, long timeMillis) {
    tick.restart(timeMillis, inputs, store.richSamples().orElse(null));
    lastTick = isRich ? tick : null;
  }

  /// Lets other hosts use what this query evaluates with; the result can no longer be read.
  public void release() {
    if (shared != null && binding != null) {
      shared.giveBack(binding);
      binding = null;
    }
  }

  private Binding bound() {
    if (binding == null) {
      throw new IllegalStateException("not evaluated yet, or released: " + query.text());
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

  /// The value of a row; a histogram's is a handle that the store knows.
  public double value(int row) {
    double value = bound().rows().values[row];
    if (!HistogramTable.isHandle(value) || lastTick == null) {
      return value;
    }
    NativeHistogram histogram = lastTick.histograms().get(value);
    return store.richSamples().map(rich -> rich.histograms().add(histogram)).orElse(value);
  }

  /// What a row yields.
  SampleValue content(int row) {
    double value = bound().rows().values[row];
    return lastTick == null ? new SampleValue.Plain(value) : lastTick.content(value);
  }

  public Labels labels(int row) {
    Labels pattern = bound().result().labels(row);
    return shared == null ? pattern : HostLabels.of(pattern, host);
  }
}
