package io.fleetward.agent;

import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.agent.supervision.Supervisor;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.process.HangupSignal;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the settings again at SIGHUP, on a thread of its own. Settings that cannot be used change
/// nothing.
final class Reloads {
  private static final Logger log = LoggerFactory.getLogger(Reloads.class);

  private final Agent agent;
  private final Supplier<AgentSettings> file;
  private final Supervisor supervisor;
  private final Semaphore asked = new Semaphore(0);

  /// @param file reads the settings; throws [InvalidConfigurationException]
  Reloads(Agent agent, Supplier<AgentSettings> file, Supervisor supervisor) {
    this.agent = agent;
    this.file = file;
    this.supervisor = supervisor;
  }

  /// Begins to listen for the signal.
  void start() {
    HangupSignal.whenItComes(asked::release)
        .ifPresent(reason ->
            log.atWarn()
                .addKeyValue("reason", reason)
                .log("SIGHUP cannot be listened to; restart the agent to change its settings"));
    Thread.ofPlatform().daemon().name("fleetward-reload").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        asked.acquire();
        // several at once ask for the same
        asked.drainPermits();
        reload();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reload() {
    supervisor.reloading();
    try {
      AgentSettings read = file.get();
      boolean isWhole = agent.inForce().isReloadable(read);
      agent.use(read);
      applied(read, isWhole);
    } catch (InvalidConfigurationException e) {
      refused(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      refused(e.toString());
    }
  }

  private void applied(AgentSettings read, boolean isWhole) {
    agent.metrics().reloaded(isWhole ? "applied" : "partly");
    log.atInfo().addKeyValue("settings", read.effective()).log("settings reloaded");
    if (!isWhole) {
      log.atWarn()
          .log(
              "only agent.labels, agent.certificates, agent.textfile-directory and scrape.* are"
                  + " taken by a running agent; restart it for what else has changed");
    }
    supervisor.reloaded(isWhole ? "Collecting" : "Collecting; some settings want a restart");
  }

  private void refused(String reason) {
    agent.metrics().reloaded("refused");
    log.atWarn()
        .addKeyValue("reason", reason)
        .log("settings cannot be used; those before stay in force");
    supervisor.reloaded("Collecting; the new settings cannot be used: " + reason);
  }
}
