package io.fleetward.service.scoring;

import io.fleetward.protocol.metrics.RemoteWriteDecoder;
import io.fleetward.protocol.metrics.RemoteWriteDecoder.Decoded;
import io.fleetward.protocol.metrics.WriteRequest;
import io.fleetward.rules.engine.HostRules;
import io.fleetward.rules.file.RuleGroup;
import java.util.List;

/// Plays the records that a host's former owner kept again. Used once, on the stream thread.
final class HostReplay {
  private final HostJournal journal;
  private final RemoteWriteDecoder decoder;
  private final HostRules rules;
  private final ScoringPlan plan;
  private final HostForecaster forecaster;
  private final ModelsAtWork models;

  /// The newest record that was kept whole, with the slots of its series.
  private Samples.Labelled whole = new Samples.Labelled(new WriteRequest(List.of(), 0, 0));

  private int[] slots = {};
  private long slotsVersion;

  HostReplay(
      HostJournal journal,
      RemoteWriteDecoder decoder,
      HostRules rules,
      ScoringPlan plan,
      HostForecaster forecaster,
      ModelsAtWork models) {
    this.journal = journal;
    this.decoder = decoder;
    this.rules = rules;
    this.plan = plan;
    this.forecaster = forecaster;
    this.models = models;
  }

  /// @param restoredTick the host's newest tick before
  /// @return its newest tick now
  long run(long restoredTick) {
    long lastTick = restoredTick;
    for (StoredScrape scrape : journal.records()) {
      switch (scrape.form()) {
        case WHOLE -> appendWhole(scrape);
        case CHANGES -> appendChanges(scrape);
      }
      if (scrape.tick() > lastTick) {
        // Groups that alert may record as well. What they alert now is replaced by what was stored.
        evaluate(plan.featureGroups(), lastTick, scrape.tick());
        forecaster.replay(scrape.tick());
        models.replay(scrape);
        evaluate(plan.alertGroups(), lastTick, scrape.tick());
        lastTick = scrape.tick();
      }
    }
    journal.forget();
    return lastTick;
  }

  private void appendWhole(StoredScrape scrape) {
    if (decoder.decode(scrape.body(), scrape.version()) instanceof Decoded.Accepted(var request)) {
      whole = new Samples.Labelled(request);
      slots = whole.appendTo(rules);
      slotsVersion = rules.slotsVersion();
      journal.remember(request, slots);
    } else {
      slots = new int[0];
      journal.forget();
    }
  }

  private void appendChanges(StoredScrape scrape) {
    if (slots.length == 0) {
      // the one before was kept by a version that read what this one does not
      return;
    }
    if (slotsVersion != rules.slotsVersion()) {
      slots = whole.slots(rules);
      slotsVersion = rules.slotsVersion();
    }
    try {
      long[] bits = journal.read(scrape);
      for (int i = 0; i < bits.length; i++) {
        rules.append(slots[i], scrape.tick(), Double.longBitsToDouble(bits[i]));
      }
    } catch (IndexOutOfBoundsException _) {
      // not made of the one before; the host goes on with the next whole one
      slots = new int[0];
      journal.forget();
    }
  }

  private void evaluate(List<RuleGroup> groups, long lastTick, long tick) {
    for (RuleGroup group : groups) {
      if (group.isDue(lastTick, tick)) {
        rules.evaluate(group, tick);
      }
    }
  }
}
