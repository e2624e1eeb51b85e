package io.orderly.lab.bench.stall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Detects processor shortage, from {@code /proc/stat}. */
final class ProcessorSampler implements Sampler {

    private static final double ALL_BUSY = 0.98;
    private static final double MUCH_STOLEN = 0.05;
    private static final double MUCH_WAITED = 0.3;

    private static final Path STAT = Path.of("/proc/stat");

    private Ticks before;

    /** Processor time of all processors since the boot of the machine, in hundredths of a second. */
    record Ticks(long total, long idle, long waitingForDisk, long stolen) {

        // fields of the first line, after its name
        private static final int IDLE = 4;
        private static final int IO_WAIT = 5;
        private static final int STOLEN = 8;

        /**
         * @param line {@code cpu}, then user, nice, system, idle, iowait, irq, softirq and steal; guest time is
         *     included in user
         */
        static Ticks of(String line) {
            String[] words = line.split(" +");
            long total = 0;
            for (int i = 1; i <= STOLEN; i++) {
                total += Long.parseLong(words[i]);
            }
            return new Ticks(
                    total, Long.parseLong(words[IDLE]), Long.parseLong(words[IO_WAIT]), Long.parseLong(words[STOLEN]));
        }

        /** The shortages since an earlier sample, as text. */
        List<String> shortagesSince(Ticks before) {
            double passed = total - before.total;
            List<String> shortages = new ArrayList<>();
            if (passed > 0) {
                double waited = (waitingForDisk - before.waitingForDisk) / passed;
                double idled = (idle - before.idle) / passed;
                if (1 - idled - waited >= ALL_BUSY) {
                    shortages.add("machine: all processors busy");
                }
                if (waited >= MUCH_WAITED) {
                    shortages.add("machine: processors idle, waiting for the disk");
                }
                if ((stolen - before.stolen) / passed >= MUCH_STOLEN) {
                    shortages.add("machine: processor time stolen by the hypervisor");
                }
            }
            return shortages;
        }
    }

    ProcessorSampler() throws IOException {
        this.before = ticks();
    }

    @Override
    public List<Occurrence> sample(Instant since, Instant now) throws IOException {
        Ticks ticks = ticks();
        List<String> shortages = ticks.shortagesSince(before);
        before = ticks;
        return shortages.stream().map(what -> new Occurrence(what, since, now)).toList();
    }

    private static Ticks ticks() throws IOException {
        try (var lines = Files.lines(STAT)) {
            return Ticks.of(lines.findFirst().orElseThrow());
        }
    }
}
