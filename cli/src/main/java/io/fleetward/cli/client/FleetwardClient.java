package io.fleetward.cli.client;

import io.fleetward.service.desk.*;
import java.net.URI;
import java.util.*;

public final class FleetwardClient {
  public FleetwardClient(URI server, String token) {}

  public List<IncidentView> incidents(Optional<String> state, int limit) {
    return List.of();
  }

  public List<RemediationView> remediations(Optional<String> state, int limit) {
    return List.of();
  }

  public IncidentView incident(String id) {
    throw new IllegalStateException(id);
  }

  public RemediationView remediation(String id) {
    throw new IllegalStateException(id);
  }

  public RemediationView decide(String id, Desk.Verdict verdict, String reason) {
    throw new IllegalStateException(id);
  }
}
