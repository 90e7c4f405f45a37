"""The Telegram channel: takes updates in, answers them in order, renders answers as Telegram shows them."""
