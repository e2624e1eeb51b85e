package io.orderly.coordinator.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PayloadMaskTest {

    @Test
    void maskingTwiceRestoresThePayload() {
        var random = new SplittableRandom(1);
        for (int length = 0; length < 100; length++) {
            byte[] payload = new byte[length];
            random.nextBytes(payload);
            byte[] before = payload.clone();
            byte[] masked = PayloadMask.apply(1 + length % 3, payload);
            assertThat(payload).isEqualTo(before);
            assertThat(PayloadMask.apply(1 + length % 3, masked)).isEqualTo(payload);
        }
    }

    /** Existing files must stay readable: the mask is part of the format. */
    @Test
    void isStable() {
        assertThat(PayloadMask.apply(PayloadMask.NONE, new byte[3])).containsExactly(0, 0, 0);
        assertThat(PayloadMask.apply(1, new byte[10]))
                .containsExactly(0xe2, 0x20, 0xa8, 0x39, 0x7b, 0x1d, 0xcd, 0xaf, 0x6e, 0x78);
    }
}
