package io.fleetward.service;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.process.ProgramArguments;
import io.fleetward.protocol.process.Termination;
import io.fleetward.service.api.CannotListenException;
import io.fleetward.service.kafka.KafkaUnavailableException;
import io.fleetward.service.store.DatabaseUnavailableException;
import java.util.Map;

/// The service's program. Exit status: 0 ended by signal, 2 bad configuration, 4 something it needs
/// cannot be reached (brokers, database, its own address).
public final class ServiceMain {
  private static final String HELP =
      """
      Usage: fleetward service [--config FILE] [--check] [--stop-with-parent]
      Scores the metrics of all hosts, keeps incidents and remediations, serves the API.

        --config FILE        properties file; environment variables such as
                             FLEETWARD_KAFKA_BOOTSTRAP_SERVERS go over it
        --check              check the configuration and the files that it names (rules, models,
                             policies, actions, keys, tokens), print it, and end
        --stop-with-parent   end when standard input ends
        --help, --version

      At SIGHUP rules, models, policies and actions are read again; a bad file changes nothing.

      Exit status: 0 ended by a signal, 2 bad configuration, 4 brokers, database or the address to
      listen on cannot be had. Keys and defaults: docs/configuration.md
      """;

  private ServiceMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, System.getenv()));
  }

  private static int run(String[] arguments, Map<String, String> environment)
      throws InterruptedException {
    return switch (ProgramArguments.parse(arguments)) {
      case ProgramArguments.Help _ -> print(HELP);
      case ProgramArguments.Version _ -> print("fleetward service " + Service.VERSION + "\n");
      case ProgramArguments.Wrong(String message) -> fail(2, message);
      case ProgramArguments.Run run -> run(run, environment);
    };
  }

  private static int run(ProgramArguments.Run run, Map<String, String> environment)
      throws InterruptedException {
    try {
      ServiceSettings settings = ServiceSettings.from(run.settings(environment));
      if (run.checkOnly()) {
        ServiceFiles.read(settings);
        return print(settings.effective().replace(' ', '\n') + "\n");
      }
      serve(settings, Termination.install(run.stopWithParent()));
      return 0;
    } catch (InvalidConfigurationException e) {
      return fail(2, String.valueOf(e.getMessage()));
    } catch (KafkaUnavailableException | CannotListenException | DatabaseUnavailableException e) {
      return fail(4, String.valueOf(e.getMessage()));
    }
  }

  private static void serve(ServiceSettings settings, Termination termination)
      throws InterruptedException {
    try (Service service = Service.open(settings)) {
      if (service.begin(settings.kafka(), termination)) {
        termination.asked().await();
      }
    } finally {
      termination.ended();
    }
  }

  private static int print(String text) {
    System.out.print(text);
    return 0;
  }

  private static int fail(int status, String message) {
    System.err.println(message);
    return status;
  }
}
