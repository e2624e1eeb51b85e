package io.orderly.contracts;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The published AsyncAPI document is consistent with the code. */
class AsyncApiTest {

    private static final JsonNode DOCUMENT = load();
    private static final Map<String, JsonNode> CHANNELS = DOCUMENT.path("channels")
            .propertyStream()
            .collect(Collectors.toMap(
                    channel -> channel.getValue().path("address").asString(), Map.Entry::getValue));

    @Test
    void channelsAreTheTopicsAndTheirDeadLetterTopics() {
        assertThat(CHANNELS.keySet())
                .isEqualTo(Arrays.stream(Topic.values())
                        .flatMap(topic -> Stream.of(topic.topicName(), topic.deadLetterTopicName()))
                        .collect(Collectors.toSet()));
        assertThat(Topic.values())
                .allSatisfy(topic -> assertThat(CHANNELS.get(topic.topicName())
                                .at("/bindings/kafka/topicConfiguration/cleanup.policy")
                                .valueStream()
                                .map(JsonNode::asString))
                        .isEqualTo(topic.isCompacted() ? List.of("compact") : List.of()));
    }

    @Test
    void everyMessageIsOnItsTopicOnly() {
        for (Topic topic : Topic.values()) {
            assertThat(messageNames(CHANNELS.get(topic.topicName())))
                    .as(topic.topicName())
                    .isEqualTo(MessageType.all().stream()
                            .filter(type -> type.topic() == topic)
                            .map(MessageType::name)
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void everyMessageHasItsSchemaAndHeaders() {
        for (MessageType<?> type : MessageType.all()) {
            JsonNode message =
                    DOCUMENT.at("/components/messages/" + type.record().getSimpleName());
            JsonNode payload = message.path("payload");

            assertThat(message.path("name").asString()).isEqualTo(type.name());
            assertThat(payload.path("schemaFormat").asString())
                    .isEqualTo("application/schema+json;version=draft-2020-12");
            assertThat(payload.at("/schema/$ref").asString()).isEqualTo("schemas/" + type.name() + ".json");
            assertThat(message.path("title"))
                    .isEqualTo(Schemas.read(type.name()).path("title"));
            assertThat(message.path("traits")
                            .valueStream()
                            .map(trait -> trait.path("$ref").asString()))
                    .containsExactly(
                            "#/components/messageTraits/CloudEvent",
                            type.topic() == Topic.PRODUCTS
                                    ? "#/components/messageTraits/KeyedBySku"
                                    : "#/components/messageTraits/KeyedByOrder");
        }
    }

    @Test
    void headersAreTheConstantsOfMessageHeaders() {
        Set<String> headers = Arrays.stream(MessageHeaders.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(AsyncApiTest::valueOf)
                .collect(Collectors.toSet());
        Set<String> described = Stream.of("Headers", "DeadLetterHeaders")
                .flatMap(
                        schema -> DOCUMENT.at("/components/schemas/" + schema + "/properties").propertyNames().stream())
                .collect(Collectors.toSet());

        assertThat(described).isEqualTo(headers);
    }

    /** Order events are for external consumers; all other messages are received by a service. */
    @Test
    void everyMessageIsSentAndReceived() {
        for (Topic topic : Topic.values()) {
            Set<String> names = messageNames(CHANNELS.get(topic.topicName()));

            assertThat(inOperations("send", topic)).as("sent to " + topic).isEqualTo(names);
            assertThat(inOperations("receive", topic))
                    .as("received from " + topic)
                    .isEqualTo(topic == Topic.ORDER_EVENTS ? Set.of() : names);
        }
    }

    @Test
    void everyReferenceCanBeResolved() {
        assertThat(DOCUMENT.findValues("$ref")).hasSizeGreaterThan(100).allSatisfy(reference -> {
            String[] fileAndPointer = reference.asString().split("#", 2);
            JsonNode target = fileAndPointer[0].isEmpty()
                    ? DOCUMENT
                    : Schemas.read(fileAndPointer[0].replace("schemas/", "").replace(".json", ""));
            assertThat(fileAndPointer.length == 1
                            || !target.at(fileAndPointer[1]).isMissingNode())
                    .as(reference.asString())
                    .isTrue();
        });
    }

    private static Set<String> inOperations(String action, Topic topic) {
        return DOCUMENT.path("operations")
                .valueStream()
                .filter(operation -> operation.path("action").asString().equals(action))
                .filter(operation -> follow(operation.path("channel"))
                        .path("address")
                        .asString()
                        .equals(topic.topicName()))
                .flatMap(operation -> operation.path("messages").valueStream())
                .map(message -> follow(follow(message)).path("name").asString())
                .collect(Collectors.toSet());
    }

    private static Set<String> messageNames(JsonNode channel) {
        return channel.path("messages")
                .valueStream()
                .map(message -> follow(message).path("name").asString())
                .collect(Collectors.toSet());
    }

    private static JsonNode follow(JsonNode reference) {
        return DOCUMENT.at(reference.path("$ref").asString().substring(1));
    }

    private static String valueOf(Field constant) {
        try {
            return (String) constant.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode load() {
        try (InputStream file = requireNonNull(AsyncApiTest.class.getResourceAsStream("/asyncapi.yaml"))) {
            return new YAMLMapper().readTree(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
