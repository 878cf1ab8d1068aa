ALTER TABLE `experiments` ADD `launch_key` text;--> statement-breakpoint
ALTER TABLE `experiments` ADD `draft_hash` text;--> statement-breakpoint
CREATE UNIQUE INDEX `experiments_by_launch_key` ON `experiments` (`launch_key`);