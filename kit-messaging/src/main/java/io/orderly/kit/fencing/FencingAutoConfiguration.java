package io.orderly.kit.fencing;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderly.partitions.OwnedPartitions;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Provides transactions on partitions. */
@AutoConfiguration(afterName = "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration")
public class FencingAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    PartitionTokens partitionTokens() {
        return new PartitionTokens();
    }

    @Bean
    PartitionedTransactions partitionedTransactions(
            ObjectProvider<OwnedPartitions> owned,
            PartitionTokens tokens,
            PlatformTransactionManager transactionManager,
            DataSource dataSource,
            MeterRegistry meters) {
        var transactions = new TransactionTemplate(transactionManager);
        transactions.setName(PartitionedTransactions.NAME);
        return new PartitionedTransactions(owned.getIfAvailable(), tokens, transactions, dataSource, meters);
    }
}
