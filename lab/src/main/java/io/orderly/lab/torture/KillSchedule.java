package io.orderly.lab.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * When which process is to be killed, and for how long it stays dead.
 *
 * @param kills in the order of their times
 */
record KillSchedule(List<Kill> kills) {

    private static final int SHORTEST_DOWNTIME_MILLIS = 100;
    private static final int LONGEST_DOWNTIME_MILLIS = 3_000;

    /**
     * @param at since the beginning
     * @param candidates all processes, the one to be killed first: it may be dead already at that time, and then the next one
     *     is meant
     * @param downtime until it is started again
     */
    record Kill(Duration at, List<String> candidates, Duration downtime) {}

    /**
     * Spreads kills over a time, one somewhere in each equal part of it. Every process has its turn before any has another.
     *
     * @param seed the same one makes the same schedule
     */
    static KillSchedule of(long seed, int kills, Duration time, List<String> processes) {
        Random random = new Random(seed);
        List<Kill> schedule = new ArrayList<>();
        List<String> round = List.of();
        double partMillis = (double) time.toMillis() / Math.max(1, kills);
        for (int i = 0; i < kills; i++) {
            int turn = i % processes.size();
            if (turn == 0) {
                List<String> shuffled = new ArrayList<>(processes);
                Collections.shuffle(shuffled, random);
                round = shuffled;
            }
            List<String> candidates = new ArrayList<>(round);
            Collections.rotate(candidates, -turn);
            schedule.add(new Kill(
                    Duration.ofMillis(Math.round((i + random.nextDouble()) * partMillis)),
                    List.copyOf(candidates),
                    Duration.ofMillis(random.nextInt(SHORTEST_DOWNTIME_MILLIS, LONGEST_DOWNTIME_MILLIS + 1))));
        }
        return new KillSchedule(List.copyOf(schedule));
    }
}
