package io.orderly.lab.run;

import io.orderly.lab.experiment.PlannedFault;
import io.orderly.lab.fault.Effect;
import io.orderly.lab.fault.FaultInjectionException;
import io.orderly.lab.fault.FaultInjector;
import io.orderly.lab.fault.InjectedFault;
import io.orderly.lab.run.RunResult.FaultSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Breaks things when it is time, heals them when it is time, and knows whether each fault took effect. */
final class FaultSchedule {

    private final List<PlannedFault> planned;
    private final FaultInjector faults;
    private final TimeSeriesRecorder stopwatch;
    private final List<Thread> threads = new ArrayList<>();
    private final List<FaultSpan> spans = new CopyOnWriteArrayList<>();
    private final List<String> doubts = new CopyOnWriteArrayList<>();

    FaultSchedule(List<PlannedFault> planned, FaultInjector faults, TimeSeriesRecorder stopwatch) {
        this.planned = planned;
        this.faults = faults;
        this.stopwatch = stopwatch;
    }

    /** The phase of faults begins now. */
    void begin() {
        planned.forEach(
                fault -> threads.add(Thread.ofPlatform().name(fault.title()).start(() -> carryOut(fault))));
    }

    /** Returns when nothing is broken any more, or nothing more will be done about it because the thread was interrupted. */
    void healAll() {
        boolean interrupted = Thread.interrupted();
        if (interrupted) {
            threads.forEach(Thread::interrupt);
        }
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The faults that are over. */
    List<FaultSpan> spans() {
        return List.copyOf(spans);
    }

    /** Of the faults that were not what they were meant to be. */
    List<String> validityProblems() {
        return List.copyOf(doubts);
    }

    private void carryOut(PlannedFault fault) {
        try {
            Thread.sleep(fault.after());
            double from = stopwatch.now();
            InjectedFault injected = faults.inject(fault.fault());
            try {
                Thread.sleep(fault.lasting());
                injected.heal();
            } finally {
                Effect effect = injected.verifyTookEffect();
                spans.add(new FaultSpan(fault.title(), from, stopwatch.now(), effect.seen()));
                if (!effect.tookEffect()) {
                    doubts.add("%s was without effect: %s".formatted(fault.title(), effect.seen()));
                }
            }
        } catch (InterruptedException early) {
            // the run is ending with all its processes, and whoever owns the faults heals what is left of them
        } catch (FaultInjectionException e) {
            doubts.add("%s: %s%s".formatted(fault.title(), e.field() == null ? "" : e.field() + " ", e.getMessage()));
        }
    }
}
