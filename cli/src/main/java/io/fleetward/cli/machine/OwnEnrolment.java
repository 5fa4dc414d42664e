package io.fleetward.cli.machine;

import io.fleetward.agent.enrolment.Enrolment;
import io.fleetward.agent.enrolment.EnrolmentFailedException;
import io.fleetward.agent.enrolment.KeyFiles;
import io.fleetward.cli.client.FleetwardClient;
import io.fleetward.cli.client.RequestRefusedException;
import io.fleetward.cli.client.ServerUnreachableException;
import java.io.IOException;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/// This machine enrols itself with its own service, as an admin and its host would.
///
/// @param service the address of the service, which runs
record OwnEnrolment(MachineFiles files, URI service) {
  private static final Duration VALID = Duration.ofMinutes(5);

  /// @throws MachineException if that fails
  void ensure() throws InterruptedException {
    KeyFiles keys = new KeyFiles(files.hostKey(), files.scrapeKey());
    if (keys.areThere()) {
      return;
    }
    try (FleetwardClient admin =
        new FleetwardClient(service, MachineTokens.prepare(files).keeper())) {
      String token = admin.makeHostToken(VALID, Pattern.quote(files.instance()), 1, true).token();
      new Enrolment(files.instance(), service, SSLContext.getDefault()).run(token, keys, false);
    } catch (IOException
        | EnrolmentFailedException
        | RequestRefusedException
        | ServerUnreachableException e) {
      throw new MachineException(
          "this machine cannot be enrolled with its own service: %s".formatted(e.getMessage()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }
}
