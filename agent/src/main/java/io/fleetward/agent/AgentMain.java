package io.fleetward.agent;

import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The agent's entry: arguments, exit status, and the two ways to be told to end.
public final class AgentMain {
  private static final int BAD_CONFIGURATION = 2;
  private static final int UNUSABLE = 4;
  private static final long SHUTDOWN_PATIENCE_SECONDS = 15;

  private AgentMain() {}

  static void main(String[] words) {
    // before the first logger; a file given from outside goes first
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "fleetward-agent-logback.xml");
    }
    int status = run(Arguments.parse(words));
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(Arguments arguments) {
    return switch (arguments) {
      case Arguments.Help _ -> printed(Arguments.USAGE);
      case Arguments.Version _ -> printed("fleetward-agent " + AgentVersion.CURRENT + "\n");
      case Arguments.Unusable(String problem) -> failed(BAD_CONFIGURATION, problem);
      case Arguments.Check(Optional<Path> config) -> check(config);
      case Arguments.Run(Optional<Path> config, boolean stopsWithParent) ->
          serve(config, stopsWithParent);
    };
  }

  private static int check(Optional<Path> config) {
    try {
      AgentSettings settings = AgentSettings.load(config, System.getenv());
      HostFiles files = HostFiles.read(settings.actions());
      return printed(
          "%s\nactions=%s trusted-keys=%d host-key=%s\n"
              .formatted(
                  settings.effective().replace(' ', '\n'),
                  files.allowList().names(),
                  files.trustedKeys().size(),
                  files.writer().isPresent() ? "present" : "absent"));
    } catch (InvalidConfigurationException e) {
      return invalid(e);
    }
  }

  private static int serve(Optional<Path> config, boolean stopsWithParent) {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try {
      AgentSettings settings = AgentSettings.load(config, System.getenv());
      HostFiles files = HostFiles.read(settings.actions());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, ended)));
      if (stopsWithParent) {
        Thread.ofPlatform().daemon().name("fleetward-parent").start(() -> awaitParent(stop));
      }
      try (Agent agent = Agent.open(settings, files, config)) {
        printed("metrics on http://%s/metrics\n".formatted(agent.address()));
        agent.runUntil(stop);
      }
      return 0;
    } catch (InvalidConfigurationException e) {
      return invalid(e);
    } catch (IOException e) {
      return failed(UNUSABLE, String.valueOf(e.getMessage()));
    } catch (InterruptedException _) {
      return 0;
    } finally {
      stop.countDown();
      ended.countDown();
    }
  }

  /// At a signal: ends in good order, and with status 0 instead of the signal's.
  private static void stopAndWait(CountDownLatch stop, CountDownLatch ended) {
    if (stop.getCount() == 0) {
      // it is ending already, with a status of its own
      return;
    }
    stop.countDown();
    try {
      if (ended.await(SHUTDOWN_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(0);
      }
      System.err.println("the agent did not end in good order in time");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitParent(CountDownLatch stop) {
    try {
      while (System.in.read() >= 0) {
        // what the parent writes means nothing
      }
    } catch (IOException _) {
      // as good as the end
    }
    stop.countDown();
  }

  private static int printed(String text) {
    System.out.print(text);
    System.out.flush();
    return 0;
  }

  private static int invalid(InvalidConfigurationException failure) {
    for (Problem problem : failure.problems()) {
      System.err.println(problem);
    }
    return BAD_CONFIGURATION;
  }

  private static int failed(int status, String problem) {
    System.err.println(problem);
    return status;
  }
}
