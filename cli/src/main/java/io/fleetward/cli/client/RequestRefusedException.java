package io.fleetward.cli.client;

/// The service answered with a problem.
public final class RequestRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ServerProblem problem;

  RequestRefusedException(ServerProblem problem) {
    super("%s: %s".formatted(problem.title(), problem.detail()));
    this.problem = problem;
  }

  public ServerProblem problem() {
    return problem;
  }
}
