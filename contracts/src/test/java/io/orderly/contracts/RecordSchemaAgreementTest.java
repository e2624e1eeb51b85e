package io.orderly.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.contracts.Mutations.Mutation;
import io.orderly.contracts.Samples.Sample;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A record and its schema accept and reject the same messages. */
class RecordSchemaAgreementTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // so that unpaired surrogates can be written
            .build();

    @Example
    void agreeOnEveryMessageWithOneMutation() {
        List<String> accepted = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        for (Sample sample : Samples.ALL) {
            for (int place = 0; place < Mutations.countPlaces(JSON.readTree(sample.json())); place++) {
                assertAgreement(sample, List.of(new Mutation(place, null)));
                for (JsonNode replacement : Mutations.REPLACEMENTS) {
                    boolean isAccepted = assertAgreement(sample, List.of(new Mutation(place, replacement)));
                    (isAccepted ? accepted : rejected).add(sample.name());
                }
            }
        }
        List<String> all = Samples.ALL.stream().map(Sample::name).toList();
        assertThat(accepted).as("samples that are valid after a mutation").containsAll(all);
        assertThat(rejected).as("samples that are invalid after a mutation").containsAll(all);
    }

    @Property(tries = 2_000)
    void agreeOnMessagesWithSeveralMutations(
            @ForAll("samples") Sample sample,
            @ForAll @Size(min = 2, max = 4) List<@From("mutations") Mutation> mutations) {
        assertAgreement(sample, mutations);
    }

    @Property(tries = 500)
    void throwNoOtherExceptionForArbitraryBytes(
            @ForAll("samples") Sample sample, @ForAll byte[] garbage, @ForAll int position) {
        int cut = Math.floorMod(position, sample.json().length);
        byte[] corrupted = new byte[cut + garbage.length];
        System.arraycopy(sample.json(), 0, corrupted, 0, cut);
        System.arraycopy(garbage, 0, corrupted, cut, garbage.length);

        // the schema is not applicable, but no other exception may be thrown
        isAccepted(sample.type(), corrupted);
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Arbitraries.of(Samples.ALL);
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.of(Mutations.REPLACEMENTS).injectNull(0.05))
                .as(Mutation::new);
    }

    /** @return whether both accept the message */
    private static boolean assertAgreement(Sample sample, List<Mutation> mutations) {
        JsonNode message = JSON.readTree(sample.json());
        mutations.forEach(mutation -> mutation.applyTo(message));
        byte[] json = JSON.writeValueAsBytes(message);

        boolean isAccepted = isAccepted(sample.type(), json);

        assertThat(Schemas.errors(sample.type(), JSON.readTree(json)))
                .as(() -> "the record %s %s as %s"
                        .formatted(isAccepted ? "accepts" : "rejects", JSON.writeValueAsString(message), sample.type()))
                .matches(errors -> errors.isEmpty() == isAccepted, "agrees");
        return isAccepted;
    }

    private static boolean isAccepted(MessageType<?> type, byte[] json) {
        try {
            MessageCodec.decode(type.name(), json);
            return true;
        } catch (UnreadableMessageException e) {
            return false;
        }
    }
}
