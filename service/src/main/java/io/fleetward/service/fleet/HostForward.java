package io.fleetward.service.fleet;

import io.fleetward.protocol.labels.Labels;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.series.SampleListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Picks from one host's samples, as they are stored, those that others need. On the stream thread
/// that owns the host.
public final class HostForward implements SampleListener {
  private static final int[] UNKNOWN = {-1};

  private final ForwardPlan plan;
  private final HostRules rules;
  private final long presenceMillis;
  private final @Nullable SampleBatch[] batches;

  /// The targets of the series with each slot, valid for `version`.
  private int[][] bySlot = new int[0][];

  private long version = Long.MIN_VALUE;
  private long toldPresence = Long.MIN_VALUE;

  /// A record for one target.
  public record Outgoing(String key, List<byte[]> bodies) {
    public Outgoing {
      bodies = List.copyOf(bodies);
    }
  }

  /// @param presenceMillis how often a target hears of a host that has nothing for it
  public HostForward(ForwardPlan plan, HostRules rules, long presenceMillis) {
    this.plan = plan;
    this.rules = rules;
    this.presenceMillis = presenceMillis;
    this.batches = new SampleBatch[plan.targets().size()];
  }

  /// Begins to listen, unless nobody needs anything.
  public void begin() {
    if (batches.length > 0) {
      rules.listen(this);
    }
  }

  /// Listens no more, until [#begin].
  public void pause() {
    rules.listen(null);
  }

  @Override
  public void stored(int slot, long timeMillis, double value) {
    int[] targets = targets(slot);
    if (targets.length == 0) {
      return;
    }
    Labels labels = rules.labels(slot);
    for (int target : targets) {
      SampleBatch batch = batches[target];
      if (batch == null) {
        batch = new SampleBatch();
        batches[target] = batch;
      }
      batch.add(labels, timeMillis, value);
    }
  }

  private int[] targets(int slot) {
    if (version != rules.slotsVersion()) {
      Arrays.fill(bySlot, UNKNOWN);
      version = rules.slotsVersion();
    }
    if (slot >= bySlot.length) {
      int before = bySlot.length;
      bySlot = Arrays.copyOf(bySlot, Math.max(slot + 1, before + before / 2));
      Arrays.fill(bySlot, before, bySlot.length, UNKNOWN);
    }
    if (Arrays.equals(bySlot[slot], UNKNOWN)) {
      bySlot[slot] = plan.targetsOf(rules.labels(slot));
    }
    return bySlot[slot];
  }

  /// What has to be sent of the record that was taken in last.
  ///
  /// @param appendedAt the broker's time in ms
  public List<Outgoing> drain(long appendedAt) {
    if (batches.length == 0) {
      return List.of();
    }
    long cell = Math.floorDiv(appendedAt, presenceMillis);
    boolean isNewCell = cell != toldPresence;
    toldPresence = cell;
    List<Outgoing> outgoing = new ArrayList<>();
    for (int i = 0; i < batches.length; i++) {
      SampleBatch batch = batches[i];
      ForwardPlan.Target target = plan.targets().get(i);
      boolean hasSamples = batch != null && !batch.isEmpty();
      if (hasSamples || (isNewCell && target.wantsPresence())) {
        outgoing.add(
            new Outgoing(
                target.keyOf().apply(rules.instance()),
                hasSamples && batch != null ? batch.drain() : List.of()));
      }
    }
    return outgoing;
  }
}
