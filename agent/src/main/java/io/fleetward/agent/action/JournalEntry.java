package io.fleetward.agent.action;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.fleetward.protocol.messages.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One record of the journal. Times are the broker's as the host knows them.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes({
  @JsonSubTypes.Type(value = JournalEntry.Began.class, name = "began"),
  @JsonSubTypes.Type(value = JournalEntry.Started.class, name = "started"),
  @JsonSubTypes.Type(value = JournalEntry.Running.class, name = "running"),
  @JsonSubTypes.Type(value = JournalEntry.Finished.class, name = "finished"),
  @JsonSubTypes.Type(value = JournalEntry.Handed.class, name = "handed"),
  @JsonSubTypes.Type(value = JournalEntry.Seen.class, name = "seen"),
  @JsonSubTypes.Type(value = JournalEntry.Counted.class, name = "counted")
})
sealed interface JournalEntry {
  /// The first record: a plan that was issued before cannot be told from one that was seen.
  record Began(Instant at) implements JournalEntry {}

  /// A plan is about to be executed; written and synced before anything happens.
  ///
  /// @param bootId of the kernel that it began under; null in what older versions wrote
  record Started(
      String plan,
      String remediation,
      String nonce,
      String action,
      @Nullable String bootId,
      Instant at)
      implements JournalEntry {}

  /// A process group was started for a plan.
  ///
  /// @param start clock ticks after boot, so that another process of that id is not taken for it
  record Running(String plan, int group, long start, String bootId) implements JournalEntry {}

  /// A plan has come to its end.
  ///
  /// @param envelope the signed outcome as it is to be sent
  record Finished(String plan, Outcome.Status status, String envelope) implements JournalEntry {}

  /// The daemon has the outcome and will see that it is sent.
  record Handed(String plan) implements JournalEntry {}

  /// All that is kept of a plan whose outcome was handed over: it must not run again.
  record Seen(String nonce, Instant at) implements JournalEntry {}

  /// When an action was begun, as far back as any budget can ask; for those that are kept as [Seen]
  /// and for older ones.
  record Counted(String action, List<Instant> starts) implements JournalEntry {
    public Counted {
      starts = List.copyOf(starts);
    }
  }
}
