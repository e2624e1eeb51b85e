package io.orderly.lab.torture;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The times of the kills, the processes to kill, and their downtimes.
 *
 * @param kills sorted by time
 */
record KillSchedule(List<Kill> kills) {

    private static final int MIN_DOWNTIME_MILLIS = 100;
    private static final int MAX_DOWNTIME_MILLIS = 3_000;

    /**
     * @param at the time since the start of the schedule
     * @param candidates all processes in order of preference: the first process that is up is killed
     * @param downtime the time until the restart
     */
    record Kill(Duration at, List<String> candidates, Duration downtime) {}

    /**
     * Distributes kills over a period, one at a random time in each interval of equal length. Every process is killed
     * once before any process is killed again.
     *
     * @param seed the same seed gives the same schedule
     */
    static KillSchedule of(long seed, int kills, Duration time, List<String> processes) {
        Random random = new Random(seed);
        List<Kill> schedule = new ArrayList<>();
        List<String> round = List.of();
        double intervalMillis = (double) time.toMillis() / Math.max(1, kills);
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
                    Duration.ofMillis(Math.round((i + random.nextDouble()) * intervalMillis)),
                    List.copyOf(candidates),
                    Duration.ofMillis(random.nextInt(MIN_DOWNTIME_MILLIS, MAX_DOWNTIME_MILLIS + 1))));
        }
        return new KillSchedule(List.copyOf(schedule));
    }
}
