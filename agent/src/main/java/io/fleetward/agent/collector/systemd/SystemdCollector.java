package io.fleetward.agent.collector.systemd;

import io.fleetward.agent.collector.Collector;
import io.fleetward.agent.dbus.BusConnection;
import io.fleetward.agent.linux.HostPaths;
import io.fleetward.agent.linux.Kernel;
import io.fleetward.agent.series.SeriesTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `node_systemd_unit_state{name,state,type}`, `node_systemd_units{state}`,
/// `node_systemd_system_running`, `node_systemd_version`, `node_systemd_service_restart_total`,
/// `node_systemd_timer_last_trigger_seconds` and `node_systemd_socket_*`; nothing on a host that
/// systemd did not boot.
///
/// Systemd may be busy for seconds, as while it reloads: then what it said last is told again, for
/// a minute at most.
public final class SystemdCollector implements Collector {
  private static final Duration PATIENCE = Duration.ofMillis(250);
  private static final Duration PATIENCE_AT_FIRST = Duration.ofSeconds(1);
  private static final Duration MOST_AGE = Duration.ofMinutes(1);

  private final Path booted;
  private final Path bus;
  private final Path manager;
  private final Units units;
  private @Nullable Conversation conversation;
  private long knownAt;
  private boolean isKnown;

  public SystemdCollector(HostPaths paths, SeriesTable table) {
    this.booted = paths.root("run/systemd/system");
    this.bus = paths.root("run/dbus/system_bus_socket");
    this.manager = paths.root("run/systemd/private");
    this.units = new Units(table);
  }

  @Override
  public String name() {
    return "systemd";
  }

  @Override
  public void collect() throws IOException {
    try {
      Duration patience = conversation == null ? PATIENCE_AT_FIRST : PATIENCE;
      refresh(System.nanoTime() + patience.toNanos());
    } catch (IOException e) {
      close();
      throw e;
    } finally {
      if (isKnown && System.nanoTime() - knownAt < MOST_AGE.toNanos()) {
        units.tell();
      }
    }
  }

  private void refresh(long deadline) throws IOException {
    Conversation open = conversation;
    if (open == null) {
      if (!Files.isDirectory(booted)) {
        return;
      }
      open = connect(deadline);
      conversation = open;
    }
    if (!open.isWaiting() || open.listen(deadline)) {
      units.ask(open, deadline);
    }
    boolean isAnswered = open.listen(deadline);
    if (isAnswered) {
      units.askWhatChanged(open, deadline);
      isAnswered = open.listen(deadline);
    }
    if (open.isNobodyThere()) {
      isKnown = false;
      close();
    } else if (isAnswered) {
      isKnown = true;
      knownAt = System.nanoTime();
    } else if (isKnown && System.nanoTime() - knownAt > MOST_AGE.toNanos()) {
      throw new IOException("systemd has not answered for " + MOST_AGE.toSeconds() + " s");
    }
  }

  /// The bus, or systemd itself, which talks to root only.
  private Conversation connect(long deadline) throws IOException {
    int userId = Kernel.userId();
    boolean hasBus = Files.exists(bus);
    BusConnection connection =
        hasBus
            ? BusConnection.toBus(bus, userId, deadline)
            : BusConnection.toPeer(manager, userId, deadline);
    Conversation opened = new Conversation(connection, units::changed);
    List<Question> first = units.questionsAtFirst(hasBus);
    for (int i = 0; i < first.size(); i++) {
      opened.ask(first.get(i), deadline);
    }
    return opened;
  }

  private void close() throws IOException {
    Conversation open = conversation;
    conversation = null;
    if (open != null) {
      open.close();
    }
  }
}
