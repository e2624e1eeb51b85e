package io.orderly.lab.conformance;

import io.orderly.lab.conformance.Rule.Pace;
import io.orderly.lab.conformance.Step.Action;
import io.orderly.lab.conformance.Step.Restart;
import io.orderly.lab.conformance.Step.Send;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Wire.RestartFailure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Plays all rules to a participant. */
public final class Certification {

    private final Timing timing;
    private final Wire wire;
    private final Consumer<RuleResult> listener;
    private final RandomGenerator random;
    private final List<RuleRun> runs;

    /** Whether anything came from the participant. */
    private boolean responds;

    /**
     * @param seed from which the interleaving of the rules and the choices within them are drawn
     * @param clock for the times in the messages
     * @param listener gets each verdict as soon as there is one
     */
    public Certification(
            Subject subject, long seed, Timing timing, Wire wire, InstantSource clock, Consumer<RuleResult> listener) {
        this.timing = timing;
        this.wire = wire;
        this.listener = listener;
        this.random = new Random(seed);
        var messages = new Messages(clock);
        this.runs = Rules.of(subject).stream()
                .map(rule ->
                        run(rule, messages, new Random(31 * seed + rule.id().hashCode())))
                .toList();
    }

    private RuleRun run(Rule rule, Messages messages, RandomGenerator choices) {
        var script = new Script(messages, wire::partitionOf, choices);
        rule.script().accept(script);
        return new RuleRun(rule, script, timing);
    }

    /** @return the results in the order of {@link Rules} */
    public List<RuleResult> run() {
        play(runs.stream().filter(run -> run.rule().pace() == Pace.TOGETHER).toList());
        for (RuleRun alone :
                runs.stream().filter(run -> run.rule().pace() == Pace.ALONE).toList()) {
            if (!responds) {
                alone.conclude(new NotDecided("the participant responds to no command"), wire.now());
            } else if (alone.hasRestart() && !wire.canRestart()) {
                alone.conclude(new NotDecided("there is no command that restarts the participant"), wire.now());
            }
            play(List.of(alone));
        }
        return runs.stream().map(RuleRun::result).toList();
    }

    private void play(List<RuleRun> together) {
        List<RuleRun> open = new ArrayList<>(together);
        while (true) {
            Duration now = wire.now();
            for (RuleRun run : together) {
                run.advance(now);
                if (run.isDecided() && open.remove(run)) {
                    listener.accept(run.result());
                }
            }
            if (open.isEmpty()) {
                return;
            }
            List<RuleRun> ready =
                    open.stream().filter(run -> run.due().isPresent()).toList();
            Duration wait = Duration.ZERO;
            if (ready.isEmpty()) {
                wait = open.stream()
                        .map(RuleRun::waitsUntil)
                        .min(Comparator.naturalOrder())
                        .map(until -> until.minus(now))
                        .orElseThrow();
            } else {
                act(ready.get(random.nextInt(ready.size())));
            }
            for (Incoming record : wire.receive(wait)) {
                responds = true;
                open.stream().filter(run -> run.isAbout(record)).forEach(run -> run.received(record, wire.now()));
            }
        }
    }

    private void act(RuleRun run) {
        Action action = run.due().orElseThrow();
        try {
            switch (action) {
                case Send(Outgoing message) -> wire.send(message);
                case Restart() -> wire.restart();
            }
            run.acted(action, wire.now());
        } catch (RestartFailure e) {
            run.conclude(new NotDecided(String.valueOf(e.getMessage())), wire.now());
        }
    }
}
