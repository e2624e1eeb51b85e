package io.orderly.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.Dates;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Every valid message can be encoded, satisfies its schema, and is equal after decoding. */
class MessagesTest {

    private static final String BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\ud80d\udc41\ud80d\udc42";

    private static final JsonMapper JSON = new JsonMapper();

    @Property(tries = 3_000)
    void satisfiesItsSchemaAndIsEqualAfterDecoding(@ForAll("messages") Message message) {
        MessageType<?> type = MessageType.of(message);

        byte[] json = MessageCodec.encode(message);

        assertThat(Schemas.errors(type, JSON.readTree(json))).isEmpty();
        assertThat(MessageCodec.decode(type.name(), json)).isEqualTo(message);
    }

    @Provide
    Arbitrary<Message> messages() {
        return Arbitraries.of(MessageType.all()).flatMap(type -> messages(type.record()));
    }

    private static <M extends Message> Arbitrary<Message> messages(Class<M> record) {
        RecordComponent[] components = record.getRecordComponents();
        return Combinators.combine(
                        Arrays.stream(components).map(MessagesTest::values).toList())
                .as(values -> create(record, components, values));
    }

    private static Message create(Class<? extends Message> record, RecordComponent[] components, List<Object> values) {
        try {
            Constructor<? extends Message> constructor = record.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("a " + record.getSimpleName() + " cannot be created from " + values, e);
        }
    }

    private static Arbitrary<Object> values(RecordComponent component) {
        Arbitrary<?> values = switch (component.getType().getSimpleName()) {
            case "OrderId" -> orderIds();
            case "CustomerId" -> identifiers().map(CustomerId::of);
            case "Sku" -> skus();
            case "List" -> lines();
            case "Money" -> amounts();
            case "Address" -> addresses();
            case "SagaStep" -> Arbitraries.of(SagaStep.class);
            case "LocalDate" -> Dates.dates().between(LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31));
            case "long", "Long" -> Arbitraries.longs().between(1, (1L << 53) - 1);
            case "String" ->
                switch (component.getName()) {
                    case "detail", "cause" -> Arbitraries.strings().ofMaxLength(1_100);
                    case "reason" ->
                        Arbitraries.strings()
                                .withCharRange('A', 'Z')
                                .withChars("_09")
                                .ofMaxLength(63)
                                .map("A"::concat);
                    case "name" -> texts(Address.MAX_LENGTH);
                    default -> identifiers();
                };
            default -> throw new AssertionError("no values for " + component);
        };
        boolean isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        return (isNullable ? values.injectNull(0.2) : values).map(value -> (Object) value);
    }

    private static Arbitrary<OrderId> orderIds() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> new OrderId(new UUID(high, low)));
    }

    private static Arbitrary<String> identifiers() {
        return texts(Require.MAX_IDENTIFIER_LENGTH)
                .map(text -> Normalizer.normalize(text, Normalizer.Form.NFC))
                .filter(Require::isIdentifier);
    }

    private static Arbitrary<String> texts(int maxLength) {
        return Arbitraries.integers()
                .between(0xa1, Character.MAX_CODE_POINT)
                .filter(codePoint -> Character.isLetterOrDigit(codePoint) && BLANK_LETTERS.indexOf(codePoint) < 0)
                .list()
                .ofMinSize(1)
                .ofMaxSize(maxLength)
                .map(codePoints -> codePoints.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    private static Arbitrary<Sku> skus() {
        return Arbitraries.strings()
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('-')
                .ofMinLength(1)
                .ofMaxLength(Sku.MAX_LENGTH)
                .filter(text -> !text.startsWith("-"))
                .map(Sku::new);
    }

    private static Arbitrary<List<OrderLine>> lines() {
        return Combinators.combine(skus(), Arbitraries.integers().between(1, OrderLine.MAX_QUANTITY))
                .as(OrderLine::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20);
    }

    private static Arbitrary<Money> amounts() {
        return Combinators.combine(
                        Arbitraries.longs().between(1, 9_999_999_999_999_999L),
                        Arbitraries.strings().withCharRange('A', 'Z').ofLength(3))
                .as((cents, currency) -> new Money(BigDecimal.valueOf(cents, 2), currency));
    }

    private static Arbitrary<Address> addresses() {
        return Combinators.combine(
                        texts(Address.MAX_LENGTH),
                        texts(Address.MAX_LENGTH),
                        texts(Address.MAX_LENGTH),
                        texts(Address.MAX_POSTAL_CODE_LENGTH),
                        Arbitraries.strings().withCharRange('A', 'Z').ofLength(2))
                .as(Address::of);
    }
}
