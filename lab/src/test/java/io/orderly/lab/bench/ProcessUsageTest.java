package io.orderly.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessUsageTest {

    @Test
    void theCurrentProcessUsesProcessorTimeAndMemory() {
        ProcessUsage usage = ProcessUsage.ofCurrentProcess();
        assertThat(usage.cpuMillis()).isPositive();
        assertThat(usage.memoryBytes()).isGreaterThan(1 << 20);
    }

    @Test
    void theUsageOfChildrenIsIncludedAlsoAfterTheirExit() throws Exception {
        Process busy = new ProcessBuilder(
                        "sh", "-c", "sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'; echo done; read -r _")
                .start();
        try {
            assertThat(busy.inputReader().readLine()).isEqualTo("done");
            assertThat(ProcessUsage.of(busy.toHandle()).cpuMillis()).isPositive();
        } finally {
            busy.destroyForcibly();
        }
    }

    @Test
    void anExitedProcessUsesNothing() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        assertThat(ProcessUsage.of(gone.toHandle())).isEqualTo(new ProcessUsage(0, 0));
    }
}
