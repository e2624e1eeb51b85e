package io.orderly.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.stack.process.ProcessFailure;
import org.junit.jupiter.api.Test;

class PgbenchTest {

    @Test
    void parsesTheOutputOfPgbench() {
        String output = """
                pgbench (15.14 (Debian 15.14-0+deb12u1), server 18.1)
                transaction type: <builtin: simple update>
                scaling factor: 10
                number of clients: 32
                number of transactions actually processed: 55511
                latency average = 8.648 ms
                initial connection time = 60.325 ms
                tps = 3700.210012 (without initial connection time)
                """;
        assertThat(Pgbench.Result.of(32, output)).isEqualTo(new Pgbench.Result(32, 3700.210012, 8.648));
    }

    @Test
    void reportsUnexpectedOutput() {
        assertThatThrownBy(() -> Pgbench.Result.of(1, "pgbench: error"))
                .isInstanceOf(ProcessFailure.class)
                .hasMessageContaining("pgbench: error");
    }
}
