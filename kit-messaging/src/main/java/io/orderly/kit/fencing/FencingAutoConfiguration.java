package io.orderly.kit.fencing;

import io.orderly.partitions.OwnedPartitions;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.transaction.support.TransactionOperations;

/** Provides transactions on partitions. */
@AutoConfiguration(afterName = "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration")
public class FencingAutoConfiguration {

    @Bean
    PartitionTokens partitionTokens() {
        return new PartitionTokens();
    }

    @Bean
    PartitionedTransactions partitionedTransactions(
            ObjectProvider<OwnedPartitions> owned,
            PartitionTokens tokens,
            TransactionOperations transactions,
            DataSource dataSource) {
        return new PartitionedTransactions(owned.getIfAvailable(), tokens, transactions, dataSource);
    }
}
