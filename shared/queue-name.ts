/** Name of the FIFO queue of a vendor's collector, without its ending: what an operator's command finds it by. */
export const queueName = (deployment: string, vendor: string): string => `${deployment}-collect-${vendor}`;
