package io.fleetward.cli.demo;

import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.RequestRefusedException;
import io.fleetward.cli.client.ServerUnreachableException;
import io.fleetward.cli.machine.Machine;
import io.fleetward.service.desk.IncidentView;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What every run of the demo waits for. On the demo's thread.
final class Stages {
  private static final Duration POLL = Duration.ofMillis(250);

  /// The model that the shipped alerts read; the streaming one learns longer than a demo lasts.
  private static final String TRAINED =
      "fleetward_scoring_model_hosts{model=\"host\",state=\"trained\"} 1";

  private final Machine machine;
  private final FleetwardClient client;
  private final DemoOptions options;
  private final Narrator narrator;
  private final HttpClient http = HttpClient.newHttpClient();

  Stages(Machine machine, FleetwardClient client, DemoOptions options, Narrator narrator) {
    this.machine = machine;
    this.client = client;
    this.options = options;
    this.narrator = narrator;
  }

  /// Waits until the host's model has been trained on its own first scrapes.
  void warmUp() throws InterruptedException {
    narrator.say("Warming up: the model learns this host's own metrics (about 80 scrapes) ...");
    await(
        "warm-up",
        "no model was trained; is the agent shipping?",
        () -> servicePage().contains(TRAINED) ? Optional.of(true) : Optional.empty());
    narrator.say("The model is trained.");
  }

  private String servicePage() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(machine.serviceUri().resolve("/metrics"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new DemoFailure("warm-up", "the service's /metrics cannot be read: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new DemoFailure("warm-up", "interrupted");
    }
  }

  /// Requires that no incident opens for a while.
  void requireQuiet(Duration quiet) throws InterruptedException {
    narrator.say("No fault this time: for %d s no incident may open ...", quiet.toSeconds());
    Instant end = Instant.now().plus(quiet);
    while (Instant.now().isBefore(end)) {
      machine.requireAlive();
      List<IncidentView> incidents = client.incidents(Optional.empty()).value();
      if (!incidents.isEmpty()) {
        throw new DemoFailure(
            "quiet time", "an incident opened without a fault: " + incidents.getFirst().title());
      }
      Thread.sleep(POLL.multipliedBy(4));
    }
    narrator.say("QUIET  no incident opened.");
  }

  /// Asks again and again until there is an answer.
  ///
  /// @throws DemoFailure when the demo's time is over
  /// @throws io.fleetward.cli.machine.MachineException when a process has ended
  <T> T await(String stage, String otherwise, Supplier<Optional<T>> question)
      throws InterruptedException {
    while (true) {
      Optional<T> answer = ask(stage, question);
      if (answer.isPresent()) {
        return answer.get();
      }
      machine.requireAlive();
      if (narrator.elapsed().compareTo(options.limit()) > 0) {
        throw new DemoFailure(
            stage, "%s (gave up after %d s)".formatted(otherwise, options.limit().toSeconds()));
      }
      Thread.sleep(POLL);
    }
  }

  private <T> Optional<T> ask(String stage, Supplier<Optional<T>> question) {
    try {
      return question.get();
    } catch (ServerUnreachableException | RequestRefusedException e) {
      machine.requireAlive();
      throw new DemoFailure(stage, String.valueOf(e.getMessage()));
    }
  }
}
