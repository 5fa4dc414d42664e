package io.fleetward.agent;

import io.fleetward.agent.action.AllowList;
import io.fleetward.agent.action.OutcomeWriter;
import io.fleetward.agent.settings.ActionSettings;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.signing.InvalidKeyFileException;
import io.fleetward.protocol.signing.TrustedKeys;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The host's own files that decide over actions, as they were when they were read.
///
/// @param trustedKeys none if the folder is missing: the host then trusts nobody
/// @param writer absent on a host without a key, which is fine where it is willing to do nothing
/// @param hostKey what the key is known by; empty on a host without one
record HostFiles(
    AllowList allowList, TrustedKeys trustedKeys, Optional<OutcomeWriter> writer, String hostKey) {
  /// Reads them all.
  ///
  /// @throws InvalidConfigurationException with every problem
  static HostFiles read(ActionSettings settings) {
    List<Problem> problems = new ArrayList<>();
    AllowList allowList = allowList(settings, problems);
    TrustedKeys trustedKeys = trustedKeys(settings, problems);
    Optional<OutcomeWriter> writer = writer(settings, problems);
    if (!allowList.actions().isEmpty() && writer.isEmpty() && problems.isEmpty()) {
      problems.add(
          Problem.of(
              settings.hostKey().toString(),
              "is missing, but the host is willing to act and has to sign what came of it; put the"
                  + " host's key there or empty "
                  + settings.actions()));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
    String hostKey = writer.map(OutcomeWriter::fingerprint).orElse("");
    return new HostFiles(allowList, trustedKeys, writer, hostKey);
  }

  private static AllowList allowList(ActionSettings settings, List<Problem> problems) {
    try {
      return AllowList.read(settings.actions());
    } catch (InvalidConfigurationException e) {
      problems.addAll(e.problems());
      return new AllowList(List.of(), "");
    }
  }

  private static TrustedKeys trustedKeys(ActionSettings settings, List<Problem> problems) {
    try {
      return TrustedKeys.read(settings.trustedKeys());
    } catch (NoSuchFileException _) {
      // a host that trusts nobody
    } catch (IOException | InvalidKeyFileException e) {
      problems.add(
          Problem.of(
              settings.trustedKeys().toString(),
              "%s; keep only Ed25519 public keys named KEY-ID.pem there"
                  .formatted(e.getMessage())));
    }
    return new TrustedKeys(List.of());
  }

  private static Optional<OutcomeWriter> writer(ActionSettings settings, List<Problem> problems) {
    try {
      return Optional.of(OutcomeWriter.open(settings.instance(), settings.hostKey()));
    } catch (NoSuchFileException _) {
      // a host that was not enrolled
    } catch (InvalidKeyFileException e) {
      problems.add(unusableKey(settings, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      problems.add(unusableKey(settings, "cannot be read (%s)".formatted(e)));
    }
    return Optional.empty();
  }

  private static Problem unusableKey(ActionSettings settings, String reason) {
    return Problem.of(
        settings.hostKey().toString(),
        "%s; put an Ed25519 private key in PEM there, readable by the agent".formatted(reason));
  }
}
