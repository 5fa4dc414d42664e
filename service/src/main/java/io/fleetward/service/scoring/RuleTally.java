package io.fleetward.service.scoring;

import io.fleetward.rules.file.Rule;
import io.fleetward.rules.file.RuleGroup;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How one rule fares on the hosts of this instance. Thread safe.
final class RuleTally {
  private static final Logger log = LoggerFactory.getLogger(RuleTally.class);

  /// A rule that fails now and then is not told each time.
  private static final long TOLD_NANOS = 60_000_000_000L;

  private final RuleGroup group;
  private final Rule rule;
  private final AtomicInteger failing = new AtomicInteger();
  private final AtomicReference<@Nullable Failure> example = new AtomicReference<>();
  private volatile long tookNanos;
  private volatile long toldAt = System.nanoTime() - TOLD_NANOS;

  /// Where and why the rule fails.
  record Failure(String instance, String reason) {}

  RuleTally(RuleGroup group, Rule rule) {
    this.group = group;
    this.rule = rule;
  }

  Rule rule() {
    return rule;
  }

  /// @param isNew whether the rule did not fail on this host the time before
  void failed(String instance, String reason, boolean isNew) {
    Failure failure = new Failure(instance, reason);
    Failure known = example.get();
    if (known == null || known.instance().equals(instance)) {
      example.compareAndSet(known, failure);
    }
    boolean isFirst = isNew && failing.incrementAndGet() == 1;
    if (isFirst && System.nanoTime() - toldAt >= TOLD_NANOS) {
      toldAt = System.nanoTime();
      log.atWarn()
          .addKeyValue("group", group.name())
          .addKeyValue("rule", rule.name())
          .addKeyValue("instance", instance)
          .addKeyValue("reason", reason)
          .log("a rule fails; its alerts stay as they are and it is tried again");
    }
  }

  /// Hears that a rule no longer fails on a host, or that the host is not this instance's any more.
  void recovered(String instance) {
    failing.decrementAndGet();
    Failure known = example.get();
    if (known != null && known.instance().equals(instance)) {
      example.compareAndSet(known, null);
    }
  }

  void took(long nanos) {
    tookNanos = nanos;
  }

  double seconds() {
    return tookNanos / 1e9;
  }

  /// On how many hosts the newest evaluation failed.
  int failingHosts() {
    return failing.get();
  }

  /// What went wrong, with a host; empty if the rule fails nowhere.
  String lastError() {
    int hosts = failing.get();
    Failure known = example.get();
    if (hosts == 0 || known == null) {
      return hosts == 0 ? "" : "fails on %d hosts".formatted(hosts);
    }
    String others =
        switch (hosts) {
          case 1 -> "";
          case 2 -> " (and 1 other host)";
          default -> " (and %d other hosts)".formatted(hosts - 1);
        };
    return "on %s%s: %s".formatted(known.instance(), others, known.reason());
  }
}
