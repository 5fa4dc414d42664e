package io.fleetward.agent.action;

/// The lines that daemon and runner exchange besides requests and outcomes.
public final class RunnerWords {
  /// The daemon asks, in place of a [RunRequest], that what an earlier runner left be settled.
  public static final String RECOVER = "recover";

  /// The runner answers [#RECOVER]: nothing is left.
  public static final String SETTLED = "settled";

  /// The runner answers [#RECOVER]: another runner is at work.
  public static final String BUSY = "busy";

  /// The daemon has put an outcome away.
  public static final String STORED = "stored";

  /// The daemon asks to have the action ended.
  public static final String STOP = "stop";

  private RunnerWords() {}
}
