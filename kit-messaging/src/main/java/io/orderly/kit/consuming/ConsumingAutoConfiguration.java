package io.orderly.kit.consuming;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.contracts.Topic;
import io.orderly.kit.deadletter.DeadLetters;
import io.orderly.kit.inbox.Inbox;
import io.orderly.kit.messaging.MessageClock;
import io.orderly.kit.messaging.MessageTraces;
import io.orderly.kit.retention.Retention;
import io.orderly.kit.unitofwork.UnitOfWork;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Consumes the topics for which a service has a {@link MessageHandler}, and declares all topics. */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration",
            "io.orderly.kit.participant.ParticipantAutoConfiguration",
            "io.orderly.kit.outbox.OutboxAutoConfiguration"
        })
@EnableConfigurationProperties(ConsumingProperties.class)
public class ConsumingAutoConfiguration {

    @Bean
    KafkaAdmin.NewTopics topics(ConsumingProperties properties) {
        return new KafkaAdmin.NewTopics(Stream.of(Topic.values())
                .flatMap(topic -> Stream.of(
                        newTopic(topic, properties.partitions()),
                        TopicBuilder.name(topic.deadLetterTopicName())
                                .partitions(properties.partitions())
                                .build()))
                .toArray(NewTopic[]::new));
    }

    private static NewTopic newTopic(Topic topic, int partitions) {
        TopicBuilder builder = TopicBuilder.name(topic.topicName()).partitions(partitions);
        if (topic.isCompacted()) {
            builder.config(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        }
        return builder.build();
    }

    @Bean
    @ConditionalOnMissingBean
    Inbox inbox(JdbcClient jdbc, UnitOfWork unitOfWork) {
        return new Inbox(jdbc, unitOfWork);
    }

    @Bean
    @ConditionalOnMissingBean
    FailedMessages failedMessages() {
        return FailedMessages.DEAD_LETTERS;
    }

    @Bean
    Retention inboxRetention(ConsumingProperties properties) {
        return new Retention("inbox", "received_at", properties.inboxRetention());
    }

    @Bean
    MessageProcessors messageProcessors(
            List<MessageHandler> handlers,
            PlatformTransactionManager transactionManager,
            Inbox inbox,
            DeadLetters deadLetters,
            FailedMessages failedMessages,
            MessageClock clock,
            MessageTraces traces,
            ConsumingProperties properties,
            MeterRegistry meters) {
        var transactions = new TransactionTemplate(transactionManager);
        return new MessageProcessors(handlers.stream()
                .map(handler -> new MessageProcessor(
                        handler, transactions, inbox, deadLetters, failedMessages, clock, traces, properties, meters))
                .toList());
    }

    @Bean
    MessageConsumers messageConsumers(
            MessageProcessors processors,
            ConsumerFactory<String, byte[]> consumers,
            KafkaAdmin admin,
            DeadLetters deadLetters,
            ObjectProvider<ContainerCustomizer<String, byte[], ConcurrentMessageListenerContainer<String, byte[]>>>
                    customizers,
            ConsumingProperties properties) {
        return new MessageConsumers(
                processors.all(),
                consumers,
                admin,
                deadLetters,
                customizers.orderedStream().toList(),
                properties);
    }
}
