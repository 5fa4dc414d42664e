package io.fleetward.cli.demo;

/// A stage of the demo that did not come to its end; the message says which and where to look.
final class DemoFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DemoFailure(String stage, String what) {
    super("%s: %s".formatted(stage, what));
  }
}
