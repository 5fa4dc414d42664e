package io.fleetward.agent.collector.kmsg;

import io.fleetward.agent.linux.Fields;
import java.util.List;
import java.util.Locale;

/// What a message of the kernel means to a fleet, by texts that the kernel has used for many years.
/// The first that matches counts.
enum LogEvent {
  OOM_KILL("Killed process "),
  IO_ERROR(
      "I/O error",
      "critical medium error",
      "critical target error",
      "Unrecovered read error",
      "uncorrectable error"),
  FILESYSTEM_ERROR(
      "EXT4-fs error",
      "XFS: Corruption",
      "Metadata corruption detected",
      "BTRFS error",
      "BTRFS critical",
      "Remounting filesystem read-only",
      "forced shutdown"),
  HUNG_TASK("blocked for more than "),
  LOCKUP("soft lockup", "hard LOCKUP", "detected stall"),
  MACHINE_CHECK("[Hardware Error]", "Machine check events logged", "Machine Check Exception"),
  SEGFAULT("segfault at ", "general protection fault"),
  LINK_DOWN("Link is Down", "Link is down", "link is down", "Link down", "definitely down"),
  KERNEL_BUG("kernel BUG at ", "Oops: ", "BUG: unable to handle", "WARNING: CPU: ");

  private static final List<LogEvent> ALL = List.of(values());

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> texts;

  LogEvent(String... texts) {
    this.texts = List.of(texts);
  }

  static List<LogEvent> all() {
    return ALL;
  }

  /// The value of the label `kind`.
  String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The place of the event that a message tells of, -1 if none.
  static int indexOf(Fields message) {
    for (int i = 0; i < ALL.size(); i++) {
      List<String> texts = ALL.get(i).texts;
      for (int k = 0; k < texts.size(); k++) {
        if (message.contains(texts.get(k))) {
          return i;
        }
      }
    }
    return -1;
  }
}
