package io.orderly.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderly.contracts.inventory.ReserveInventory;
import io.orderly.contracts.payment.ChargePayment;
import io.orderly.contracts.reply.ChargeReversed;
import io.orderly.contracts.reply.ShipmentBooked;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

    private static final OrderId ORDER = OrderId.of("0199f2c8-7c00-7000-8000-000000000001");

    @Test
    void encodesMoneyAndIdsAsStrings() {
        var charge = new ChargePayment(ORDER, new CustomerId("alice"), Money.euros("12.30"));

        String json = new String(MessageCodec.encode(charge), UTF_8);

        assertThat(json)
                .isEqualTo("{\"orderId\":\"0199f2c8-7c00-7000-8000-000000000001\",\"customerId\":\"alice\","
                        + "\"amount\":{\"amount\":\"12.30\",\"currency\":\"EUR\"}}");
        assertThat(MessageCodec.decode("io.orderly.payment.commands.ChargePayment.v1", json.getBytes(UTF_8)))
                .isEqualTo(charge);
    }

    @Test
    void decodesListsDatesAndNulls() {
        for (Message message : List.of(
                new ReserveInventory(ORDER, List.of(new OrderLine(new Sku("A-1"), 2))),
                new ShipmentBooked(ORDER, "s-1", LocalDate.of(2026, 11, 24)),
                new ChargeReversed(ORDER, null))) {
            assertThat(MessageCodec.decode(MessageType.of(message).name(), MessageCodec.encode(message)))
                    .isEqualTo(message);
        }
    }

    @Test
    void ignoresUnknownFields() {
        byte[] json = ("{\"orderId\":\"" + ORDER + "\",\"later\":{\"a\":[1]}}").getBytes(UTF_8);

        assertThat(MessageCodec.decode("io.orderly.inventory.commands.ReleaseInventory.v1", json))
                .isNotNull();
    }

    @Test
    void rejectsMessagesThatBreakTheContract() {
        String reserve = "io.orderly.inventory.commands.ReserveInventory.v1";
        for (String json : List.of(
                "",
                "null",
                "[]",
                "{",
                "{}",
                "{\"orderId\":\"x\",\"lines\":[{\"sku\":\"A\",\"quantity\":1}]}",
                "{\"orderId\":\"" + ORDER + "\"}",
                "{\"orderId\":\"" + ORDER + "\",\"lines\":[]}",
                "{\"orderId\":\"" + ORDER + "\",\"lines\":[null]}",
                "{\"orderId\":\"" + ORDER + "\",\"lines\":[{\"sku\":\"A\",\"quantity\":0}]}",
                "{\"orderId\":\"" + ORDER + "\",\"lines\":[{\"sku\":\"A\"}]}",
                "{\"orderId\":\"" + ORDER + "\",\"lines\":[{\"sku\":\"a b\",\"quantity\":1}]}")) {
            assertThatThrownBy(() -> MessageCodec.decode(reserve, json.getBytes(UTF_8)))
                    .as(json)
                    .isInstanceOf(UnreadableMessageException.class);
        }
    }

    /** A schema cannot express this: in JSON Schema, 1.0 is an integer. */
    @Test
    void rejectsIntegersWithADecimalPoint() {
        for (String quantity : List.of("1.0", "1e0", "1.5")) {
            byte[] json = ("{\"orderId\":\"" + ORDER + "\",\"lines\":[{\"sku\":\"A\",\"quantity\":" + quantity + "}]}")
                    .getBytes(UTF_8);

            assertThatThrownBy(() -> MessageCodec.decode("io.orderly.inventory.commands.ReserveInventory.v1", json))
                    .as(quantity)
                    .isInstanceOf(UnreadableMessageException.class);
        }
    }

    @Test
    void rejectsALaterVersionOfAType() {
        assertThatThrownBy(() -> MessageCodec.decode("io.orderly.payment.commands.ChargePayment.v2", new byte[0]))
                .isInstanceOf(UnreadableMessageException.class)
                .hasMessageContaining("unknown message type io.orderly.payment.commands.ChargePayment.v2");
    }
}
