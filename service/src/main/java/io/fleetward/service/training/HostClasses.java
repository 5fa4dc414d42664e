package io.fleetward.service.training;

import io.fleetward.models.training.HostSample;
import io.fleetward.service.store.Database;
import io.fleetward.service.store.HostTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/// The class of each host, made of the labels with which its agent announced it: `web`, or `web/a`
/// where two labels count; and which hosts stand for their class in training. Thread safe; only
/// [#refresh] waits.
public final class HostClasses {
  public static final String DEFAULT = "default";

  private final List<String> labels;
  private final int hostsPerClass;
  private final AtomicReference<Known> known = new AtomicReference<>(new Known(Map.of(), Set.of()));

  private record Known(Map<String, String> classes, Set<String> learnt) {}

  public HostClasses(List<String> labels, int hostsPerClass) {
    this.labels = List.copyOf(labels);
    this.hostsPerClass = hostsPerClass;
  }

  /// The class of a host; [#DEFAULT] if it did not announce itself or has none of the labels.
  public String of(String instance) {
    return Objects.requireNonNullElse(known.get().classes().get(instance), DEFAULT);
  }

  /// Whether a host's rows are learnt for its class; only of hosts that announced themselves.
  public boolean isLearnt(String instance) {
    return known.get().learnt().contains(instance);
  }

  /// Reads what hosts announced.
  ///
  /// @throws io.fleetward.service.store.DatabaseUnavailableException if the database does not
  ///   answer
  public void refresh(Database database) {
    Map<String, String> now = new HashMap<>();
    for (HostTable.Announced host : database.transaction(ledger -> ledger.hosts().list())) {
      now.put(host.announcement().instance(), classOf(host.announcement().labels()));
    }
    Map<String, List<String>> byClass =
        now.keySet().stream().collect(Collectors.groupingBy(now::get));
    Set<String> learnt =
        byClass.values().stream()
            .flatMap(hosts -> HostSample.of(hosts, hostsPerClass).stream())
            .collect(Collectors.toUnmodifiableSet());
    known.set(new Known(Map.copyOf(now), learnt));
  }

  private String classOf(Map<String, String> said) {
    String joined =
        labels.stream().filter(said::containsKey).map(said::get).collect(Collectors.joining("/"));
    return joined.isEmpty() ? DEFAULT : joined;
  }
}
