package io.fleetward.agent.plans;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the reasons of refusals.
final class CountedPlans implements PlanEvents {
  final List<String> refusals = new CopyOnWriteArrayList<>();

  @Override
  public void received(String topic) {}

  @Override
  public void seen() {}

  @Override
  public void refused(String reason) {
    refusals.add(reason);
  }

  @Override
  public void outcomeSent() {}
}
