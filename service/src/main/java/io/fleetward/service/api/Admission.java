package io.fleetward.service.api;

import io.fleetward.service.access.Caller;
import io.fleetward.service.access.Gatekeeper;
import io.fleetward.service.access.Permission;
import io.fleetward.service.access.Role;
import io.fleetward.service.api.ProblemDetails.Kind;
import io.fleetward.service.desk.Desk.Person;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lets callers with a valid token and the permission of one operation pass. Runs on the event
/// loop.
final class Admission implements Handler<RoutingContext> {
  private static final String CALLER = "fleetward.caller";
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +([A-Za-z0-9._~+/=-]{1,512})");

  /// Lets everybody pass, as nobody in particular.
  static final Handler<RoutingContext> OF_ANYBODY =
      context -> {
        context.put(CALLER, new Caller("", new Person("anybody"), Set.of()));
        context.next();
      };

  private final Gatekeeper gatekeeper;
  private final Permission needed;

  Admission(Gatekeeper gatekeeper, Permission needed) {
    this.gatekeeper = gatekeeper;
    this.needed = needed;
  }

  /// Who asked; only after [#handle] let the request pass.
  static Caller caller(RoutingContext context) {
    return Objects.requireNonNull(context.<Caller>get(CALLER));
  }

  @Override
  public void handle(RoutingContext context) {
    List<String> headers = context.request().headers().getAll("Authorization");
    if (headers.isEmpty()) {
      Responses.write(
          context,
          unauthenticated(
              "send the header Authorization: Bearer flw_…; fleetward token makes a token",
              "Bearer realm=\"fleetward\""));
      return;
    }
    Optional<Caller> known = headers.size() == 1 ? callerOf(headers.getFirst()) : Optional.empty();
    if (known.isEmpty()) {
      Responses.write(
          context,
          unauthenticated(
              "this token is not known; check it, or make a new one with fleetward token",
              "Bearer realm=\"fleetward\", error=\"invalid_token\""));
      return;
    }
    Caller caller = known.get();
    if (!caller.may(needed)) {
      Responses.write(context, notPermitted(caller));
      return;
    }
    context.put(CALLER, caller);
    context.next();
  }

  private Optional<Caller> callerOf(String header) {
    Matcher bearer = BEARER.matcher(header);
    return bearer.matches() ? gatekeeper.callerOf(bearer.group(1)) : Optional.empty();
  }

  private static Answer unauthenticated(String detail, String challenge) {
    return Answer.problem(Kind.UNAUTHENTICATED, detail).with("WWW-Authenticate", challenge);
  }

  private Answer notPermitted(Caller caller) {
    String roles =
        caller.roles().stream().sorted().map(Role::word).reduce((a, b) -> a + ", " + b).orElse("");
    return Answer.problem(
            Kind.NOT_PERMITTED,
            "%s has the role %s; this needs %s"
                .formatted(caller.person().name(), roles, Role.permitting(needed)))
        .with("WWW-Authenticate", "Bearer realm=\"fleetward\", error=\"insufficient_scope\"");
  }
}
